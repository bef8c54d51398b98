import * as z from 'zod'
import { BadInput, problemsOf } from '../experiment/problem.ts'

const size = z.int().min(1).max(100_000)
const positive = z.number().gt(0)
const numbers = z.array(z.number())

/** One FP32 sequence with its update, computed by the public implementation of arXiv 2108.01804. */
const sequenceSchema = z.object({
  name: z.string().max(200).default('sequence'),
  n_in: size, n_rec: size, n_out: size, n_t: size,
  dt: positive, threshold: positive, tau_rec: positive, tau_out: positive, gamma: z.number().min(0),
  reg: z.number(), f0: z.number(), lr_in: z.number(), lr_rec: z.number(), lr_out: z.number(),
  x: numbers, y: numbers, w_in: numbers, w_rec: numbers, w_out: numbers, w_fb: numbers,
  z: numbers, vo: numbers, mse: z.number(),
  grad_in: numbers, grad_rec: numbers, grad_out: numbers,
  w_in_after: numbers, w_rec_after: numbers, w_out_after: numbers,
})
export type SequenceGolden = z.output<typeof sequenceSchema>

/** NEST's sine regression. NEST's test suite checks its losses against TensorFlow. */
const nestSchema = z.object({
  parameters: z.object({
    n_in: size, n_rec: size, n_out: size, steps: size, dt_ms: positive, tau_m_ms: positive, tau_out_ms: positive,
    v_th: positive, gamma: z.number().min(0), c_reg: z.number(), f_target_hz: z.number(), eta: z.number(),
  }),
  losses_first_5_nest: numbers.min(1),
  w_in: z.string(), w_rec: z.string(), w_out: z.string(), feedback: z.string(), input_spikes: z.string(), target: z.string(),
})
export type NestGolden = z.output<typeof nestSchema>

const table = <Row extends z.ZodType>(row: Row) => z.object({ rows: z.array(row).min(1) })

/** Monte-Carlo statistics of the PCM model. */
const pcmSchema = z.object({
  T0: positive,
  nu: z.number(),
  set_pulses_gmax_12: table(z.tuple([z.int().min(1).max(1000), z.number(), z.number(), z.number(), z.number()])),
  single_read_gmax_12: table(z.tuple([z.number(), positive, z.number(), z.number()])),
})
export type PcmGolden = z.output<typeof pcmSchema>

export type Golden =
  | { kind: 'sequence'; data: SequenceGolden }
  | { kind: 'nest'; data: NestGolden }
  | { kind: 'pcm'; data: PcmGolden }

/** Recognises the format of a golden document and checks its contents. @throws BadInput that names `source` */
export function parseGolden(document: unknown, source: string): Golden {
  const has = (name: string) => typeof document === 'object' && document !== null && Object.hasOwn(document, name)
  if (has('losses_first_5_nest')) return { kind: 'nest', data: checked(nestSchema, document, source) }
  if (has('set_pulses_gmax_12')) return { kind: 'pcm', data: checked(pcmSchema, document, source) }
  const data = checked(sequenceSchema, document, source)
  checkLengths(data, source)
  return { kind: 'sequence', data }
}

function checked<Schema extends z.ZodType>(schema: Schema, document: unknown, source: string): z.output<Schema> {
  const parsed = schema.safeParse(document)
  if (!parsed.success) throw new BadInput(source, problemsOf(parsed.error, document))
  return parsed.data
}

function checkLengths(data: SequenceGolden, source: string): void {
  const { n_in, n_rec, n_out, n_t } = data
  const lengths = {
    x: n_in * n_t, y: n_t * n_out, vo: n_t * n_out, z: n_t * n_rec,
    w_in: n_rec * n_in, w_rec: n_rec * n_rec, w_out: n_out * n_rec, w_fb: n_out * n_rec,
    grad_in: n_rec * n_in, grad_rec: n_rec * n_rec, grad_out: n_out * n_rec,
    w_in_after: n_rec * n_in, w_rec_after: n_rec * n_rec, w_out_after: n_out * n_rec,
  } as const
  const problems = (Object.keys(lengths) as (keyof typeof lengths)[])
    .filter((name) => data[name].length !== lengths[name])
    .map((name) => ({ path: name, rule: `must have ${lengths[name]} values for the sizes given`, found: `${data[name].length} values` }))
  if (problems.length > 0) throw new BadInput(source, problems)
}
