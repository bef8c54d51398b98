import { meanOf } from '../../src-engine/statistics/samples.ts'
import { ranked, type Round } from '../../src-engine/sweep/halving.ts'
import type { RunSummary } from '../contract/run.ts'

/** The part of a run's summary that successive halving needs. */
export type SweepRun = Pick<RunSummary, 'runId' | 'status' | 'seed' | 'epochsDone' | 'epochs' | 'error'> & { sweep: NonNullable<RunSummary['sweep']> }

/** Error code of a run that successive halving stopped early. */
const HALVED = 'halved'

export const isHalved = ({ error }: Pick<RunSummary, 'error'>) => error?.code === HALVED

/** Where a sweep is in its successive halving. It follows from its runs alone, so it is the same after a restart and in any program. */
export interface Standing {
  /** Runs of each arm that is in: none was stopped early, and at least one can still train. Sorted by arm. */
  arms: SweepRun[][]
  /** Index of the current round: the first at whose end an arm has to go. */
  round: number
  /** Epochs at the end of the current round. The runs of these arms pause there. */
  until: number
}

export function standingOf(runs: readonly SweepRun[], rounds: readonly Round[]): Standing {
  const arms = armsOf(runs).filter((own) => !own.some(isHalved) && !own.every(hasEnded))
  const open = rounds.findIndex((_, index) => index + 1 < rounds.length && arms.length > rounds[index + 1]!.arms)
  const round = open < 0 ? rounds.length - 1 : open
  return { arms, round, until: rounds[round]!.epochs }
}

/** What is to be done with the paused runs of a sweep: runs that are stopped early, and runs that continue. */
export interface Verdict {
  stop: { runId: string; error: RunSummary['error'] }[]
  advance: string[]
}

/** Whether all runs of the arms that are in have reached the end of the current round, so that these have to be ranked. */
export function isRoundOver({ arms, round, until }: Standing, rounds: readonly Round[]): boolean {
  return round < rounds.length - 1 && arms.flat().every((run) => hasEnded(run) || (isWaiting(run) && run.epochsDone >= until))
}

/**
 * Decides what follows from the runs of a sweep.
 * @param losses of the runs at the end of the current round, all after the same number of epochs; null if the round is not over
 * @returns null if there is nothing to do
 */
export function verdictOf(
  runs: readonly SweepRun[], rounds: readonly Round[], losses: ReadonlyMap<string, number> | null,
): Verdict | null {
  const standing = standingOf(runs, rounds)
  const { kept, worse } = losses === null ? { kept: leftBehind(standing, rounds), worse: [] } : rank(standing, rounds, losses)
  const stop = [...worse, ...leftOver(runs)]
  return stop.length + kept.length === 0 ? null : { stop, advance: kept.map(({ runId }) => runId) }
}

/** Ranks the arms by their mean loss over the seeds. Only as many as the next round has continue. */
function rank({ arms, round, until }: Standing, rounds: readonly Round[], losses: ReadonlyMap<string, number>) {
  const most = rounds[round + 1]!.arms
  const order = ranked(arms.map((own) => meanOf(counted(own).map((run) => lossOf(run, losses))))).map((arm) => arms[arm]!)
  return {
    kept: order.slice(0, most).flat().filter(isWaiting),
    worse: order.slice(most).flatMap((own, index) => own.filter(isWaiting).map(({ runId }) => ({
      runId, error: { code: HALVED, message: `Stopped early: rank ${most + index + 1} of ${arms.length} arms after ${until} epochs.` },
    }))),
  }
}

/** Runs that wait at the end of an earlier round. */
const leftBehind = ({ arms, until }: Standing, rounds: readonly Round[]): SweepRun[] =>
  arms.flat().filter((run) => isWaiting(run) && run.epochsDone < until && rounds.some(({ epochs }) => epochs === run.epochsDone))

/** Paused runs of arms that were stopped early. An earlier version may have ended while it was stopping them. */
const leftOver = (runs: readonly SweepRun[]): Verdict['stop'] => armsOf(runs).filter((own) => own.some(isHalved))
  .flatMap((own) => own.filter(isWaiting).map(({ runId }) => ({ runId, error: own.find(isHalved)!.error })))

const armsOf = (runs: readonly SweepRun[]): SweepRun[][] =>
  [...Map.groupBy(runs, ({ sweep }) => sweep.arm)].sort(([a], [b]) => a - b).map(([, own]) => own)

/** Runs of an arm without those that another run of the same seed replaces. */
const counted = (own: readonly SweepRun[]) =>
  own.filter((run) => !isLost(run) || !own.some((other) => other.seed === run.seed && !isLost(other)))

const isWaiting = ({ status }: SweepRun) => status === 'paused'
const isLost = ({ status }: SweepRun) => status === 'failed' || status === 'stopped'
const hasEnded = (run: SweepRun) => isLost(run) || run.status === 'done'

/** Loss of a run; NaN if it failed or was stopped in the round. */
const lossOf = (run: SweepRun, losses: ReadonlyMap<string, number>) => (isLost(run) ? NaN : losses.get(run.runId) ?? NaN)
