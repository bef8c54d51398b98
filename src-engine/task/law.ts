/** Computes a loss. Outputs and targets are [steps][outputs]. */
export interface LossLaw {
  /** Loss of one sequence. */
  of(output: ArrayLike<number>, target: ArrayLike<number>): number
  /** Writes the error that e-prop sends back, for squared errors y − y*, into `error`. */
  error(output: ArrayLike<number>, target: ArrayLike<number>, error: Writable): void
  /** Loss of an output of 0 over all patterns. */
  zero(targets: readonly Float64Array[]): number
  /** Loss of the best constant output over all patterns. @param outputs values at each step */
  constant(targets: readonly Float64Array[], outputs: number): number
}

interface Writable extends ArrayLike<number> { [index: number]: number }

/** What one presented sequence gave. */
export interface SequenceResult {
  /** From 0. */
  pattern: number
  /** [steps][outputs] */
  output: ArrayLike<number>
  target: ArrayLike<number>
  /** Spikes as (step, neuron) pairs in order of time, [spikes][2]. */
  spikes: Uint16Array
}

/** Computes a metric from the last sequence of every pattern in an epoch. */
export type MetricLaw<T> = (sequences: readonly SequenceResult[], task: T) => number

/** What a kind of task computes. Its description is in src-engine/experiment/tasks. */
export interface TaskLaw<T> {
  readonly loss: LossLaw
  /** By the id of the metric. */
  readonly metrics: Readonly<Record<string, MetricLaw<T>>>
  /** Target of one pattern, counted from 0, [steps][outputs]. @throws BadInput if data of the task are missing */
  target(task: T, seed: number, pattern: number): Float64Array
}
