import type { Budget, EnergyCosts, PulseDurations } from '../experiment/sweep.ts'
import type { Sample } from './samples.ts'

/** Outcome of a run. */
export const outcomes = ['learned', 'untrained', 'silent', 'diverged'] as const
export type Outcome = (typeof outcomes)[number]

/** Possible reasons why a run diverged, fell silent or learned nothing. */
export const reasons = [
  'not a number', 'runaway rates', 'always firing', 'dead gradient', 'saturation', 'no pulses', 'no spikes', 'few active neurons', 'loss grew',
  'constant output',
] as const
export type Reason = (typeof reasons)[number]

export interface Stability {
  outcome: Outcome
  reasons: Reason[]
}

/** A run, evaluated up to the last epoch that fits the budget. */
export interface ComparedRun {
  runId: string
  seed: number
  /** Mean loss of the last 20 counted epochs; NaN if no epoch counts. */
  loss: number
  /** Number of counted epochs. */
  epochs: number
  /** Pulses up to the end of the last counted epoch. */
  set: number
  reset: number
  read: number
  /** Energy up to the end of the last counted epoch, µJ. */
  energy: number
  stability: Stability
}

/** Paired test of an arm against the reference, over the seeds that both have. */
export interface PairedComparison {
  pairs: number
  /** Mean of this arm's loss minus the reference's; the loss of a seed is the mean over restarts. */
  difference: number
  /** 95 % bootstrap interval of the difference; null for a single pair or if a loss is not a number. */
  interval: [number, number] | null
  /** Two-sided p of the sign-flip test over seeds, exact up to 20 pairs; NaN if a loss is not a number. */
  p: number
  /** p after Holm's correction over all tested arms. */
  corrected: number
}

export interface ComparedArm {
  arm: number
  label: string
  /** Finished runs, sorted by seed. */
  runs: ComparedRun[]
  /** Number of independent searches that its settings are from. Absent for one: then each seed has one run. */
  restarts?: number
  /** Loss over all runs. */
  sample: Sample
  /** 95 % bootstrap interval of the mean loss over seeds, and over restarts if there are several; null for fewer than two runs or if a loss is not a number. */
  interval: [number, number] | null
  /** Largest loss; NaN if any loss is NaN, null without runs. */
  worst: number | null
  /** SETs and energy (µJ), means over the runs. */
  set: number | null
  energy: number | null
  outcomes: Record<Outcome, number>
  /** Seeds whose run failed. */
  failed: number
  /** Seeds whose run has not finished: queued, running, paused or stopped. */
  unfinished: number
  /** Null for the reference itself and for an arm without pairs. */
  test: PairedComparison | null
  /** On the Pareto front: no other arm is at least as good in loss and SETs and better in one. Digital arms fire no SETs and are excluded. */
  onFront: boolean
}

export interface Comparison {
  budget: Budget
  energy: EnergyCosts
  duration: PulseDurations
  /** Label of the arm that the others are tested against. */
  reference: string
  /** Id of the loss that the tasks of all arms share, or 'loss'. */
  loss: string
  /** Sorted by mean loss, smallest first; arms without a mean come last. */
  arms: ComparedArm[]
  /** Caveats for the reader, such as few seeds or missing runs. */
  warnings: string[]
}
