import { outputsOf, type TaskKindName, type TaskSpec } from '../experiment/task.ts'
import type { LossLaw, SequenceResult, TaskLaw } from './law.ts'
import { signalLaw } from './signal.ts'
import { sinusoidsLaw } from './sinusoids.ts'

/** One law for each kind of task. A kind without one does not compile. */
const laws: { readonly [Kind in TaskKindName]: TaskLaw<Extract<TaskSpec, { kind: Kind }>> } = {
  sinusoids: sinusoidsLaw,
  signal: signalLaw,
}

export const lawOf = ({ kind }: TaskSpec) => laws[kind] as TaskLaw<TaskSpec>

export const lossLawOf = (task: TaskSpec): LossLaw => lawOf(task).loss

/** The target of one pattern, [steps][outputs]. @throws BadInput if an imported signal has no samples, or fewer than its segments need */
export const targetOf = (task: TaskSpec, seed: number, pattern: number): Float64Array => lawOf(task).target(task, seed, pattern)

/** Metrics of an epoch besides the loss, by id. */
export const epochMetricsOf = (task: TaskSpec, sequences: readonly SequenceResult[]): Record<string, number> =>
  Object.fromEntries(Object.entries(lawOf(task).metrics).map(([id, of]) => [id, of(sequences, task)]))

/**
 * Losses of two outputs that learned nothing, over all patterns and steps of a task: of an output of 0, and of the best constant.
 * @throws BadInput as in `targetOf`
 */
export function baselinesOf(task: TaskSpec, seed: number): { zero: number; constant: number } {
  const loss = lossLawOf(task)
  const targets = Array.from({ length: task.patterns }, (_, pattern) => targetOf(task, seed, pattern))
  return { zero: loss.zero(targets), constant: loss.constant(targets, outputsOf(task)) }
}
