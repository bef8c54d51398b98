import type { PlannedRun } from '../../src-engine/sweep/expand-sweep.ts'
import { isResumable } from '../contract/run.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import type { KeptSweep } from '../library/library.ts'
import { newRunId } from '../library/library.ts'
import type { Surroundings } from './active-run.ts'
import { armsOf } from './arms.ts'
import { verdictOf } from './halve.ts'
import { HALVED, isHalved, roundsFor, type SweepRun } from './rounds.ts'
import type { Runs } from './runs.ts'

export interface Sweeps {
  /** Keeps the sweep and queues its runs, all or none. @returns its id */
  start(document: KeptSweep['document'], runs: readonly PlannedRun[]): Promise<string>
  /** Newest first. */
  list(): Promise<SweepRecord[]>
  /** Each returns once its runs have come to rest, or are queued again. */
  pause(sweepId: string): Promise<void>
  resume(sweepId: string): Promise<void>
  stop(sweepId: string): Promise<void>
  /** Waits until nothing of it is queued or running any more. */
  finished(sweepId: string): Promise<void>
  /** One of its runs has come to rest: ends a round of successive halving where it was the last. */
  advance(sweepId: string): Promise<void>
  /** Of all sweeps: what a program that has ended has left undone. */
  advanceAll(): Promise<void>
}

type Options = Pick<Surroundings, 'library' | 'emit'> & { runs: Runs }

/** Sweeps over the queue: their runs are like all others, and name their sweep. */
export function createSweeps({ library, emit, runs }: Options): Sweeps {
  const runsOf = async (sweepId: string): Promise<SweepRun[]> =>
    (await library.list()).filter((run): run is typeof run & SweepRun => run.sweep?.sweepId === sweepId)

  async function start(document: KeptSweep['document'], planned: readonly PlannedRun[]): Promise<string> {
    const sweep: KeptSweep = { sweepId: newRunId(), name: document.name, createdAt: new Date().toISOString(), document }
    await runs.startAll(planned.map(({ spec, arm }) => ({ spec, sweep: { sweepId: sweep.sweepId, arm } })), sweep)
    emit('sweep.changed', { sweep: recordOf(sweep) })
    return sweep.sweepId
  }

  const going = async (sweepId: string) =>
    (await runsOf(sweepId)).filter(({ status }) => status === 'queued' || status === 'running').map(({ runId }) => runId)

  async function resume(sweepId: string): Promise<void> {
    const own = (await runsOf(sweepId)).filter((run) => isResumable(run.status) && run.status !== 'failed' && !isHalved(run))
    await runs.resume(...own.map(({ runId }) => runId).reverse())
  }

  async function stop(sweepId: string): Promise<void> {
    await runs.stop(...await going(sweepId))
    const paused = (await runsOf(sweepId)).filter(({ status }) => status === 'paused')
    await runs.stopPaused(paused.map(({ runId }) => runId), null)
  }

  async function finished(sweepId: string): Promise<void> {
    for (;;) {
      const runIds = await going(sweepId)
      if (runIds.length === 0) return
      await Promise.all(runIds.map((runId) => runs.finished(runId)))
      await advance(sweepId)
    }
  }

  /** One at a time: two runs that rest at once must not both end the round. */
  let turn: Promise<void> = Promise.resolve()
  const advance = (sweepId: string) => (turn = turn.then(() => endRound(sweepId), () => endRound(sweepId)))

  async function endRound(sweepId: string): Promise<void> {
    const sweep = await library.sweep(sweepId).catch(() => null)
    if (!sweep?.document.halving) return
    const own = await runsOf(sweepId)
    const verdict = verdictOf(own, roundsFor(sweep, own[0]?.epochs ?? 0))
    if (verdict === null) return
    for (const { runId, place, of, epochs } of verdict.stop) {
      await runs.stopPaused([runId], { code: HALVED, message: `Stopped early: place ${place} of ${of} arms after ${epochs} epochs.` })
    }
    if (verdict.goOn.length > 0) await runs.enterNextRound(verdict.goOn)
  }

  return {
    start,
    pause: async (sweepId) => runs.pause(...await going(sweepId)),
    resume,
    stop,
    finished,
    advance,
    list: async () => (await library.sweeps()).map(recordOf),
    async advanceAll() {
      for (const { sweepId, document } of await library.sweeps()) if (document.halving) await advance(sweepId)
    },
  }
}

const recordOf = (sweep: KeptSweep): SweepRecord => ({ ...sweep, arms: armsOf(sweep.document) })
