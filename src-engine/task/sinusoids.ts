import { sinOfTurns } from '../kernels/elementary.ts'
import { Stream } from '../random/stream.ts'
import type { SinusoidsSpec } from '../experiment/task.ts'
import type { TaskLaw } from './law.ts'
import { meanSquaredError } from './mean-squared-error.ts'

export const sinusoidsLaw: TaskLaw<SinusoidsSpec> = { loss: meanSquaredError, metrics: {}, target }

/** Sum of sinusoids with random amplitudes and phases, divided by its largest magnitude (arXiv 2108.01804), [steps]. */
function target(task: SinusoidsSpec, seed: number, pattern: number): Float64Array {
  const draws = new Stream(seed, 'target', pattern)
  const waves = task.frequencies.map((frequency, k) => ({
    turnsPerStep: (frequency * task.dt) / 1000,
    amplitude: task.amplitudeMin + (task.amplitudeMax - task.amplitudeMin) * draws.uniform(k, 0),
    phase: draws.uniform(k, 1),
  }))
  const values = Float64Array.from({ length: task.steps }, (_, t) =>
    waves.reduce((sum, { turnsPerStep, amplitude, phase }) => sum + amplitude * sinOfTurns(turnsPerStep * t + phase), 0))
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return largest > 0 ? values.map((value) => value / largest) : values
}
