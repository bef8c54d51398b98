import { type Round, roundsOf } from '../../../src-engine/sweep/halving.ts'
import { formatCount } from '../../components/format.ts'
import type { RunSummary } from '../../stores/runs.ts'
import type { SweepRecord } from '../../stores/sweeps.ts'
import { hasEnded } from './rows.ts'

/** Where a sweep with early stopping is. */
export interface HalvingProgress {
  /** From 1. */
  round: number
  rounds: number
  /** Epochs that each run has at the end of the round. */
  epochs: number
  /** Runs that have reached it. */
  done: number
  /** Runs in the round. */
  runs: number
  /** Share of the epochs of all rounds that are done, 0 to 1. */
  share: number
}

type Run = Pick<RunSummary, 'status' | 'epochs' | 'epochsDone'>

/** @param runs all runs of the sweep, with the epochs that they have done by now. @returns null without early stopping or after its end */
export function halvingProgress({ document, arms }: Pick<SweepRecord, 'document' | 'arms'>, runs: readonly Run[]): HalvingProgress | null {
  if (document.halving === null || runs.length === 0) return null
  const rounds = roundsOf(document.halving, arms.length, runs[0]!.epochs)
  // Failed runs and those of the arms that earlier rounds ended take no part.
  const inRound = runs.filter((run) => !hasEnded(run) || run.status === 'done')
  const index = rounds.findIndex(({ epochs }) => inRound.some(({ epochsDone }) => epochsDone < epochs))
  if (index < 0) return null
  const { epochs } = rounds[index]!
  return {
    round: index + 1,
    rounds: rounds.length,
    epochs,
    done: inRound.filter(({ epochsDone }) => epochsDone >= epochs).length,
    runs: inRound.length,
    share: Math.min(1, sumOf(runs.map(({ epochsDone }) => epochsDone)) / plannedEpochs(rounds, runs.length / arms.length)),
  }
}

/** Epochs of all runs in all rounds. */
const plannedEpochs = (rounds: readonly Round[], seeds: number) =>
  seeds * sumOf(rounds.map(({ arms, epochs }, index) => arms * (epochs - (rounds[index - 1]?.epochs ?? 0))))

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

/** 'Round 1 of 3 · 4 of 9 runs' */
export const halvingText = ({ round, rounds, done, runs }: HalvingProgress) =>
  `Round ${round} of ${rounds} · ${formatCount(done)} of ${formatCount(runs)} runs`

/** 'In round 1 of 3, 4 of 9 runs have reached 25 epochs.' */
export const halvingHint = ({ round, rounds, done, runs, epochs }: HalvingProgress) =>
  `In round ${round} of ${rounds}, ${formatCount(done)} of ${formatCount(runs)} runs have reached ${formatCount(epochs)} epochs.`
