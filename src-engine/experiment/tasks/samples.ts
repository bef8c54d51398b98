import * as z from 'zod'
import { MOST_PROBLEMS } from '../problem.ts'

/** Samples that a library keeps once for all runs of equal ones. */
export interface KeptSamples {
  /** Of the samples as float64, little-endian. */
  sha256: string
  /** Samples of all columns together. */
  count: number
}

/** Samples themselves: a list in documents, and memory that threads share where a file was read. */
export type SampleValues = readonly number[] | Float64Array
export type Samples = SampleValues | KeptSamples

export const MOST_SAMPLES = 1_000_000
const FEWEST = 2

export const keptSamplesSchema = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  count: z.int().min(FEWEST).max(MOST_SAMPLES),
})

export const areKept = (samples: Samples): samples is KeptSamples => !Array.isArray(samples) && !ArrayBuffer.isView(samples)

/** Number of samples of all columns. */
export const countOf = (samples: Samples): number => (areKept(samples) ? samples.count : samples.length)

/** Lists without a wrong number, which never change. */
const checked = new WeakSet<object>()

/** Looks at a million numbers in a few milliseconds, which zod's own list does not. */
function check(samples: unknown, context: z.core.$RefinementCtx): void {
  const values = Array.isArray(samples) || samples instanceof Float64Array ? samples as ArrayLike<unknown> : null
  if (values === null) return checkKept(samples, context)
  if (values.length < FEWEST) context.addIssue({ code: 'too_small', origin: 'array', minimum: FEWEST, inclusive: true, input: samples })
  if (values.length > MOST_SAMPLES) context.addIssue({ code: 'too_big', origin: 'array', maximum: MOST_SAMPLES, inclusive: true, input: samples })
  if (checked.has(values)) return
  let wrong = 0
  for (let index = 0; index < values.length && wrong < MOST_PROBLEMS; index++) {
    if (Number.isFinite(values[index])) continue
    wrong++
    context.addIssue({ code: 'invalid_type', expected: 'number', path: [index], input: values[index] })
  }
  if (wrong === 0) checked.add(values)
}

function checkKept(samples: unknown, context: z.core.$RefinementCtx): void {
  if (typeof samples !== 'object' || samples === null) {
    context.addIssue({ code: 'invalid_type', expected: 'array', input: samples })
    return
  }
  const parsed = keptSamplesSchema.safeParse(samples)
  if (!parsed.success) for (const issue of parsed.error.issues) context.addIssue({ ...issue, input: undefined } as never)
}

/** A list of numbers in documents. A library keeps it elsewhere, and puts `KeptSamples` in its place. */
export const samplesSchema = z.unknown().superRefine(check) as unknown as z.ZodType<Samples>
