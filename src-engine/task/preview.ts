import { BadInput } from '../experiment/problem.ts'
import { outputsOf, type TaskSpec } from '../experiment/task.ts'
import { poissonInput } from './pattern.ts'
import { targetOf } from './laws.ts'

/** One pattern of a task, for a chart before anything runs. */
export interface PatternPreview {
  /** [steps][outputs]; null if data of the task are missing, such as a signal that is not loaded. */
  target: Float64Array | null
  outputs: number
  /** (step, channel) pairs of the first `channels`, in order of time. */
  spikes: Uint16Array
  /** Number of channels drawn; fewer than the task has if all would take too many random draws. */
  channels: number
}

/** Random draws that take a few milliseconds. */
const MOST_DRAWS = 100_000

/** The same spikes and target as in a run with this seed. */
export function previewPattern(task: TaskSpec, seed: number, pattern: number): PatternPreview {
  const channels = Math.min(task.inputChannels, Math.max(1, Math.floor(MOST_DRAWS / task.steps)))
  return {
    outputs: outputsOf(task),
    target: targetOrNull(task, seed, pattern),
    // A draw depends on its channel and step only, so the first channels spike as they do in the full task.
    spikes: poissonInput({ ...task, inputChannels: channels }, seed, pattern).toPairs(),
    channels,
  }
}

function targetOrNull(task: TaskSpec, seed: number, pattern: number): Float64Array | null {
  try {
    return targetOf(task, seed, pattern)
  } catch (error) {
    if (error instanceof BadInput) return null
    throw error
  }
}
