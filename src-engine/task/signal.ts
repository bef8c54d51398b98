import { BadInput, MISSING } from '../experiment/problem.ts'
import { areKept, outputsOf, type SignalSpec } from '../experiment/task.ts'
import { factsOf, isFlat } from '../experiment/tasks/signal-quality.ts'
import type { TaskLaw } from './law.ts'
import { meanSquaredError } from './mean-squared-error.ts'

export const signalLaw: TaskLaw<SignalSpec> = { loss: meanSquaredError, metrics: {}, target }

/**
 * The segment of the imported signal for one pattern, [steps][outputs]: each column is normalised, then resampled to the sequence by
 * linear interpolation between its first and last sample.
 */
function target(task: SignalSpec, _seed: number, pattern: number): Float64Array {
  const outputs = outputsOf(task)
  const columns = columnsOf(task, outputs).map((samples) => segment(normalised(samples, task.normalise), task, pattern))
  return Float64Array.from({ length: task.steps * outputs }, (_, k) => columns[k % outputs]![Math.floor(k / outputs)]!)
}

/** The samples of each column. @throws BadInput if they are too few, or if they are kept elsewhere */
function columnsOf({ samples, patterns }: SignalSpec, outputs: number): Float64Array[] {
  if (samples === undefined || areKept(samples) || samples.length < 2 * patterns * outputs) {
    const each = outputs === 1 ? '' : ' and column'
    throw new BadInput('The imported signal', [{
      path: 'task.samples',
      rule: `must have at least two samples for each pattern${each}`,
      found: samples === undefined || areKept(samples) ? MISSING : `${samples.length} samples for ${patterns} patterns`,
    }])
  }
  const length = samples.length / outputs
  return Array.from({ length: outputs }, (_, column) => Float64Array.from(samples.slice(column * length, (column + 1) * length)))
}

/** Positions of the first and the last sample of a pattern, counted from 0. @param count samples of the whole signal */
export function segmentOf(count: number, patterns: number, pattern: number): { first: number; last: number } {
  const length = count / patterns
  const first = Math.floor(pattern * length)
  const last = Math.max(first + 1, Math.ceil((pattern + 1) * length) - 1)
  return { first, last: Math.min(last, count - 1) }
}

/** [steps] */
function segment(samples: Float64Array, { patterns, steps }: SignalSpec, pattern: number): Float64Array {
  const { first, last } = segmentOf(samples.length, patterns, pattern)
  return resampled(samples, first, last, steps)
}

function resampled(samples: Float64Array, first: number, last: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, t) => {
    const position = first + ((last - first) * t) / (steps - 1)
    const before = Math.min(Math.floor(position), last)
    const after = Math.min(before + 1, last)
    return samples[before]! + (samples[after]! - samples[before]!) * (position - before)
  })
}

function normalised(values: Float64Array, normalise: SignalSpec['normalise']): Float64Array {
  if (normalise === 'none') return values
  const facts = factsOf(values)
  // The difference of a flat signal from its mean is rounding, which must not become a target of ±1.
  if (normalise !== 'max-abs' && isFlat(facts)) return values.map(() => 0)
  const small = facts.size > LARGEST_SUMMED ? values.map((x) => x / facts.size) : values
  const centre = normalise === 'max-abs' ? 0 : small.reduce((sum, x) => sum + x, 0) / small.length
  const centred = small.map((x) => x - centre)
  const size = normalise === 'standard' ? rootMeanSquare(centred) : centred.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return size > 0 ? centred.map((x) => x / size) : centred
}

/** The sum of the squares of a million values up to this is finite. */
const LARGEST_SUMMED = 1e150

const rootMeanSquare = (values: Float64Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)
