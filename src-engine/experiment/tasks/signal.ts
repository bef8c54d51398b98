import * as z from 'zod'
import { mse } from '../metrics.ts'
import type { Problem } from '../problem.ts'
import { choice, optionalChoice } from '../quantity.ts'
import type { TaskKind } from './kind.ts'
import { layoutSchema } from './layout.ts'
import { areKept, countOf, samplesSchema, type SampleValues } from './samples.ts'
import { type Judged, signalProblems, signalWarnings, tooFewProblems } from './signal-quality.ts'
import { timing } from './timing.ts'

/** Start of the name of a shipped signal. */
export const EXAMPLE = 'example:'

const MOST_COLUMNS = 64
const columnName = z.string().max(256)

const schema = z.strictObject({
  kind: z.literal('signal'),
  ...timing,
  patterns: timing.patterns.default(1),
  file: z.string().min(1, 'must name a file').max(1024)
    .meta({
      title: 'File', prompt: 'Choose a file.',
      help: 'A table of text, such as CSV, or an NPY or NPZ file. A relative path starts at the folder of the spec. "example:" followed by a name means a shipped file.',
    }),
  column: columnName.default('')
    .meta({ title: 'Column', help: 'Name of the column, or index of the NPY column, counted from 0. Empty: the first column that seems to be a signal, not a time, an index or an identifier.' }),
  columns: z.array(columnName.min(1, 'must name a column')).min(2, 'must list at least 2 columns').max(MOST_COLUMNS).optional()
    .meta({ title: 'Columns', help: 'Names of several columns to follow at once, with one output for each. They replace the single column. Each is normalised on its own.', advanced: true }),
  time: columnName.optional()
    .meta({ title: 'Time column', help: 'Name of the column with the times of the samples. It is never the signal. Empty: none.', advanced: true }),
  layout: layoutSchema.optional(),
  gaps: optionalChoice(
    {
      refuse: { title: 'Refuse', meaning: 'A signal with missing values is not used' },
      interpolate: { title: 'Interpolate', meaning: 'Straight lines over missing values' },
      drop: { title: 'Drop', meaning: 'Leave out rows with missing values' },
    },
    { title: 'Gaps', help: 'What to do with missing values. Without a choice, a signal with gaps is refused.', advanced: true },
  ),
  normalise: choice(
    {
      'centre': { title: 'Centred', meaning: 'Subtract the mean, then divide by the largest magnitude' },
      'max-abs': { title: 'Largest magnitude', meaning: 'Divide by the largest magnitude' },
      'standard': { title: 'Standard score', meaning: 'Subtract the mean, then divide by the standard deviation' },
      'none': { title: 'None', meaning: 'Keep the values of the file' },
    },
    { title: 'Normalisation', default: 'centre', help: 'How the whole signal is normalised before it is cut into patterns.' },
  ),
  /** [columns][length], one column after the other. */
  samples: samplesSchema.optional()
    .meta({ type: 'array', title: 'Samples', help: 'The signal itself. It is copied from the file when the run is created, so the run does not need the file later. Several columns follow one after the other.', advanced: true }),
}).meta({ title: 'Imported signal', help: 'The network follows a measured signal. The signal is cut into one segment per pattern, and each segment is resampled to the length of a sequence.' })

export type SignalSpec = z.output<typeof schema>

export const signal = {
  kind: 'signal',
  schema,
  minimises: mse,
  reports: [],
  equation: 'y*(t) = segment of the signal, normalised and interpolated between samples',
  required: ['file'],
  imports: { from: ['file', 'column', 'columns', 'time', 'layout', 'gaps'], ofFile: ['time', 'layout'], into: 'samples' },
  outputs: ({ columns }: SignalSpec) => columns?.length ?? 1,
  lacksData: ({ samples }: SignalSpec) => samples === undefined,
  problems,
  warnings: (task: SignalSpec) => judged(task, 'warnings', signalWarnings),
} as const satisfies TaskKind<SignalSpec>

function problems(task: SignalSpec): Problem[] {
  const found = contradictions(task)
  if (found.length > 0) return found
  return task.samples !== undefined && areKept(task.samples) ? problemsOfNumber(task) : judged(task, 'problems', signalProblems)
}

function contradictions({ column, columns, samples }: SignalSpec): Problem[] {
  if (columns === undefined) return []
  const found: Problem[] = []
  if (column !== '') found.push({ path: 'task.column', rule: 'must be empty if several columns are listed', found: `'${column}'` })
  if (samples !== undefined && countOf(samples) % columns.length !== 0) {
    found.push({ path: 'task.samples', rule: `must have the same number for each of the ${columns.length} columns`, found: `${countOf(samples)} samples` })
  }
  return found
}

/** Kept samples were judged before they were kept. Only their number can be too low for what is new. */
function problemsOfNumber({ columns = [''], samples, patterns }: SignalSpec): Problem[] {
  return samples === undefined ? [] : tooFewProblems({ count: countOf(samples) / columns.length, name: columns.length === 1 ? '' : columns[0]!, patterns })
}

/** The samples of each column; none before they are read from the file, or while they are kept elsewhere. */
function judgedColumns({ columns, samples, patterns, steps, normalise }: SignalSpec): Judged[] {
  if (samples === undefined || areKept(samples)) return []
  const how = { patterns, steps, normalise }
  if (columns === undefined) return [{ ...how, samples, name: '' }]
  const length = samples.length / columns.length
  return columns.map((name, index) => ({ ...how, samples: partOf(samples, index * length, (index + 1) * length), name }))
}

/** Judgements of samples, which never change. A sweep asks for those of each arm, and a form at every key. */
const known = new WeakMap<object, Map<string, unknown>>()

function judged<Judgement>(task: SignalSpec, of: string, judge: (column: Judged) => Judgement[]): Judgement[] {
  const { samples, columns, patterns, steps, normalise } = task
  if (samples === undefined) return []
  const own = known.get(samples) ?? new Map<string, unknown>()
  known.set(samples, own)
  const key = JSON.stringify([of, columns, patterns, steps, normalise])
  if (!own.has(key)) own.set(key, judgedColumns(task).flatMap(judge))
  return own.get(key) as Judgement[]
}

/** Some of the samples, which are not copied where they are memory. */
const partOf = (samples: SampleValues, from: number, to: number): SampleValues =>
  (samples instanceof Float64Array ? samples.subarray(from, to) : samples.slice(from, to))
