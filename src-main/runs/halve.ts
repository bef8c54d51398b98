import { meanOf } from '../../src-engine/analysis/statistics.ts'
import { ranked, type Round } from '../../src-engine/sweep/halving.ts'
import { isHalved, type SweepRun } from './rounds.ts'

/** What comes after a round: whose runs go on, and whose are stopped, with the place they had. */
export interface Verdict {
  goOn: string[]
  stop: { runId: string; place: number; of: number; epochs: number }[]
}

/**
 * The end of a round of successive halving, by what the library holds alone, so that it comes to the same when the program ended in
 * between. An arm counts by the mean over its seeds; one with a run that failed or was stopped comes last.
 * @returns null while a round goes on, or once the last has begun
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
  // Of those that were stopped before, the program may have ended in the middle.
  const leftBehind = arms.filter((own) => own.some(isHalved)).flat().map((run) => ({ run, place: alive.length + 1 }))
  return {
    goOn: order.slice(0, most).flat().filter((run) => isWaiting(run) && run.epochsDone === until).map(({ runId }) => runId),
    stop: [...worse, ...leftBehind].filter(({ run }) => isWaiting(run))
      .map(({ run: { runId }, place }) => ({ runId, place, of: alive.length, epochs: until })),
  }
}

const isWaiting = ({ status }: SweepRun) => status === 'paused'
/** One that was cut off has not ended the round: it is waited for. */
const isAtRest = ({ status }: SweepRun) => status !== 'queued' && status !== 'running' && status !== 'interrupted'
const isLost = ({ status }: SweepRun) => status === 'failed' || status === 'stopped'

/** A run that did not get through the round has no loss. */
const lossOf = (run: SweepRun) => (isLost(run) ? NaN : run.mseLast20 ?? NaN)
