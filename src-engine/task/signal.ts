import type { SignalSpec } from '../experiment/task.ts'

/**
 * The segment of the imported signal for one pattern, [steps]: normalised, then resampled to the sequence by linear interpolation
 * between its first and last sample.
 */
export function signalTarget(task: SignalSpec & { samples: number[] }, pattern: number): Float64Array {
  const samples = normalised(task.samples, task.normalise)
  const length = samples.length / task.patterns
  const first = Math.floor(pattern * length)
  const last = Math.max(first + 1, Math.ceil((pattern + 1) * length) - 1)
  return resampled(samples, first, Math.min(last, samples.length - 1), task.steps)
}

function resampled(samples: Float64Array, first: number, last: number, steps: number): Float64Array {
  return Float64Array.from({ length: steps }, (_, t) => {
    const position = first + ((last - first) * t) / (steps - 1)
    const before = Math.min(Math.floor(position), last)
    const after = Math.min(before + 1, last)
    return samples[before] + (samples[after] - samples[before]) * (position - before)
  })
}

function normalised(samples: number[], normalise: SignalSpec['normalise']): Float64Array {
  const values = Float64Array.from(samples)
  if (normalise === 'none') return values
  const centre = normalise === 'max-abs' ? 0 : values.reduce((sum, x) => sum + x, 0) / values.length
  const centred = values.map((x) => x - centre)
  const size = normalise === 'standard' ? rootMeanSquare(centred) : centred.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return size > 0 ? centred.map((x) => x / size) : centred
}

const rootMeanSquare = (values: Float64Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)
