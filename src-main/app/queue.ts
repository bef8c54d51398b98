import { forecast } from '../../src-engine/sweep/schedule.ts'
import type { LibrarySettings } from '../contract/library.ts'
import type { RunSummary } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { atRounds } from '../runs/rounds.ts'
import type { Runs } from '../runs/runs.ts'
import type { Sweeps } from '../runs/sweeps.ts'

/** The queue, as both front ends use it. */
export interface QueueService {
  get(): Promise<QueueState>
  /** Remaining time of all running and queued runs, s; null if unknown. */
  secondsLeft(): Promise<number | null>
  /** Reorder queued runs. Runs that are not listed come last. */
  order(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Set the number of parallel runs; 0 means one per core. */
  setWorkers(workers: number): Promise<void>
  /** Hold the queue. Resolves once nothing runs. Interrupted runs keep a checkpoint and go to the front of the queue. */
  hold(): Promise<void>
  /** Release the queue, and queue individually paused runs again. */
  release(): Promise<void>
}

interface Options {
  library: Library
  runs: Runs
  sweeps: Sweeps
}

export function createQueueService({ library, runs, sweeps }: Options): QueueService {
  const save = (some: Partial<LibrarySettings>) => library.configure(some)

  /** Runs that the user paused. Runs that wait for others of their round are paused automatically and not included. */
  async function pausedByHand(): Promise<RunSummary[]> {
    const paused = (await library.list()).filter(({ status, shelf, unreadable }) =>
      status === 'paused' && shelf === 'library' && unreadable === undefined)
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
      await save({ workers })
      runs.setWorkers(workers || null)
    },
    async hold() {
      await save({ held: true })
      await runs.hold()
    },
    async release() {
      await save({ held: false })
      runs.release()
      await runs.resume(...(await pausedByHand()).map(({ runId }) => runId))
      await sweeps.advanceAll()
    },
  }
}
