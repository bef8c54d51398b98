import type { TaskSpec } from '../spec/task.ts'
import { poissonInput } from './pattern.ts'
import { targetOf } from './patterns.ts'

/** One pattern of a task, as a picture shows it before anything runs. */
export interface PatternPreview {
  /** [steps]; null where the samples of an imported signal are not at hand. */
  target: Float64Array | null
  /** (step, channel) pairs of the first `channels`, in the order of time. */
  spikes: Uint16Array
  /** Fewer than the task has where it would cost more draws than a picture is worth. */
  channels: number
}

/** A few milliseconds' worth. */
const MOST_DRAWS = 100_000

/** The very spikes and target that a run of this seed is given. */
export function previewPattern(task: TaskSpec, seed: number, pattern: number): PatternPreview {
  const channels = Math.min(task.inputChannels, Math.max(1, Math.floor(MOST_DRAWS / task.steps)))
  return {
    target: hasSamples(task) ? targetOf(task, seed, pattern) : null,
    // A draw belongs to its channel and step: the first channels spike as they do among all.
    spikes: poissonInput({ ...task, inputChannels: channels }, seed, pattern).toPairs(),
    channels,
  }
}

const hasSamples = (task: TaskSpec) => task.kind === 'sinusoids' || (task.samples ?? []).length >= 2 * task.patterns
