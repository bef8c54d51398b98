import type { Budget, EnergyCosts } from '../spec/sweep.ts'
import type { Sample } from './statistics.ts'

/** How a run came out. */
export const outcomes = ['learned', 'untrained', 'silent', 'diverged'] as const
export type Outcome = (typeof outcomes)[number]

/** What made a run diverge, fall silent or learn nothing. */
export const reasons = ['not a number', 'runaway rates', 'saturation', 'no pulses', 'no spikes', 'loss grew'] as const
export type Reason = (typeof reasons)[number]

export interface Stability {
  outcome: Outcome
  reasons: Reason[]
}

/** A run as far as the budget let it go. */
export interface ComparedRun {
  runId: string
  seed: number
  /** MSE, mean of the last 20 epochs of those that count; NaN where none does. */
  loss: number
  /** Epochs that count. */
  epochs: number
  /** Pulses up to there. */
  set: number
  reset: number
  read: number
  /** µJ up to there. */
  energy: number
  stability: Stability
}

/** The paired test of an arm against the reference, over the seeds that both have. */
export interface PairedComparison {
  pairs: number
  /** Mean of this arm's loss less the reference's. */
  difference: number
  /** 95 % bootstrap interval of the difference; null for a single pair, or where a loss is no number. */
  interval: [number, number] | null
  /** Sign-flip test, two-sided, exact up to 20 pairs; NaN where a loss is no number. */
  p: number
  /** Holm's correction over all arms that are tested. */
  corrected: number
}

export interface ComparedArm {
  arm: number
  label: string
  /** By seed; only those that came to their end. */
  runs: ComparedRun[]
  /** Of the loss over seeds. */
  sample: Sample
  /** 95 % bootstrap interval of the mean; null for fewer than two runs, or where a loss is no number. */
  interval: [number, number] | null
  /** NaN where one loss is. */
  worst: number | null
  /** Means over the runs. */
  set: number | null
  energy: number | null
  outcomes: Record<Outcome, number>
  /** Seeds whose run failed. */
  failed: number
  /** Seeds whose run has not come to its end: waiting, running, paused or stopped. */
  unfinished: number
  /** Null of the reference itself, and without a pair. */
  test: PairedComparison | null
  /** On the Pareto front: no other arm has as small a loss and as few SETs, and less of one. Digital arms fire none and are left out. */
  onFront: boolean
}

export interface Comparison {
  budget: Budget
  energy: EnergyCosts
  /** Label of the arm that the others are tested against. */
  reference: string
  /** The smallest mean first; without a mean last. */
  arms: ComparedArm[]
  /** What a reader has to know: few seeds, runs that are missing. */
  warnings: string[]
}
