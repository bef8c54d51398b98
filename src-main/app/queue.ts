import { forecast } from '../../src-engine/analysis/schedule.ts'
import type { LibrarySettings } from '../contract/library.ts'
import type { RunSummary } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { atRounds } from '../runs/rounds.ts'
import type { Runs } from '../runs/runs.ts'
import type { Sweeps } from '../runs/sweeps.ts'

/** The queue as both doors see it. */
export interface QueueService {
  get(): Promise<QueueState>
  /** Until all that runs and waits has ended, s; null where a time is missing. */
  secondsLeft(): Promise<number | null>
  /** Queued runs in this order; those that are not named come behind them. */
  order(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Runs at the same time; 0 is as many as there are cores. */
  setWorkers(workers: number): Promise<void>
  /** Returns once nothing runs: what did is queued before all others, with a checkpoint. */
  hold(): Promise<void>
  /** Goes on; runs that were paused one by one are queued again. */
  release(): Promise<void>
}

interface Options {
  library: Library
  runs: Runs
  sweeps: Sweeps
}

export function createQueueService({ library, runs, sweeps }: Options): QueueService {
  const keep = (some: Partial<LibrarySettings>) => library.configure(some)

  /** Those that wait for others of their round are paused of themselves. */
  async function pausedByHand(): Promise<RunSummary[]> {
    const paused = (await library.list()).filter(({ status, shelf }) => status === 'paused' && shelf === 'library')
    const isAtRound = await atRounds(library, paused)
    return paused.filter((run) => !isAtRound(run)).reverse()
  }

  return {
    get: runs.queue,
    async secondsLeft() {
      const { entries, workers } = await runs.queue()
      return forecast(runs.live().map(({ progress }) => progress), entries, workers).secondsLeft
    },
    order: runs.order,
    prioritise: runs.prioritise,
    async setWorkers(workers) {
      await keep({ workers })
      runs.setWorkers(workers || null)
    },
    async hold() {
      await keep({ held: true })
      await runs.hold()
    },
    async release() {
      await keep({ held: false })
      runs.goOn()
      await runs.resume(...(await pausedByHand()).map(({ runId }) => runId))
      await sweeps.advanceAll()
    },
  }
}
