import { meanOf } from '../../src-engine/analysis/statistics.ts'
import { ranked, type Round } from '../../src-engine/sweep/halving.ts'
import { isHalved, type SweepRun } from './rounds.ts'

/** Result of a round: the runs that advance to the next round, and the runs that are stopped, with their places counted from 1. */
export interface Verdict {
  advance: string[]
  stop: { runId: string; place: number; of: number; epochs: number }[]
}

/**
 * Decides the end of a round of successive halving from the library alone, so that the result is the same after a restart.
 * Ranks arms by the mean over their seeds. An arm with a failed or stopped run comes last.
 * @returns null while a round is running, or after the last round has started
 */
export function verdictOf(runs: readonly SweepRun[], rounds: readonly Round[]): Verdict | null {
  const arms = [...Map.groupBy(runs, ({ sweep }) => sweep.arm).values()]
  const alive = arms.filter((own) => !own.some(isHalved) && !own.every(isLost))
  const waiting = alive.flat().filter(isWaiting)
  const until = Math.min(...waiting.map(({ epochsDone }) => epochsDone))
  const round = rounds.findIndex(({ epochs }) => epochs === until)
  if (round < 0 || round === rounds.length - 1) return null
  const most = rounds[round + 1].arms
  if (alive.length > most && !alive.flat().every(isAtRest)) return null
  const order = ranked(alive.map((own) => meanOf(own.map(lossOf)))).map((arm) => alive[arm])
  const worse = order.slice(most).flatMap((own, index) => own.map((run) => ({ run, place: most + index + 1 })))
  // The application may have exited while it was stopping the runs of an arm.
  const unfinished = arms.filter((own) => own.some(isHalved)).flat().map((run) => ({ run, place: alive.length + 1 }))
  return {
    advance: order.slice(0, most).flat().filter((run) => isWaiting(run) && run.epochsDone === until).map(({ runId }) => runId),
    stop: [...worse, ...unfinished].filter(({ run }) => isWaiting(run))
      .map(({ run: { runId }, place }) => ({ runId, place, of: alive.length, epochs: until })),
  }
}

const isWaiting = ({ status }: SweepRun) => status === 'paused'
/** An interrupted run has not ended the round, so the round waits for it. */
const isAtRest = ({ status }: SweepRun) => status !== 'queued' && status !== 'running' && status !== 'interrupted'
const isLost = ({ status }: SweepRun) => status === 'failed' || status === 'stopped'

/** Loss of a run; NaN if it failed or was stopped in the round. */
const lossOf = (run: SweepRun) => (isLost(run) ? NaN : run.mseLast20 ?? NaN)
