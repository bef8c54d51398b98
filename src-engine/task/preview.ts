import type { TaskSpec } from '../experiment/task.ts'
import { poissonInput } from './pattern.ts'
import { targetOf } from './patterns.ts'

/** One pattern of a task, for a chart before anything runs. */
export interface PatternPreview {
  /** [steps]; null if the samples of an imported signal are not loaded. */
  target: Float64Array | null
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
    target: hasSamples(task) ? targetOf(task, seed, pattern) : null,
    // A draw depends on its channel and step only, so the first channels spike as they do in the full task.
    spikes: poissonInput({ ...task, inputChannels: channels }, seed, pattern).toPairs(),
    channels,
  }
}

const hasSamples = (task: TaskSpec) => task.kind === 'sinusoids' || (task.samples ?? []).length >= 2 * task.patterns
