import { type Raster, rasterOf } from '../kernels/raster.ts'
import { Stream } from '../random/stream.ts'
import type { TaskSpec } from '../experiment/task.ts'

/** One sequence to learn: frozen input spikes, and the target [steps][outputs]. */
export interface Pattern {
  input: Raster
  target: Float64Array
}

/** Poisson spikes of every channel at the task's rate. A seed and a pattern always give the same spikes, whatever the target. */
export function poissonInput(task: TaskSpec, seed: number, pattern: number): Raster {
  const draws = new Stream(seed, 'input spikes', pattern)
  const probability = (task.inputRate * task.dt) / 1000
  return rasterOf(task.steps, task.inputChannels, (t, channel) => draws.uniform(t, channel) < probability)
}
