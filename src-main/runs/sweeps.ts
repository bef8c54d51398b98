import { type PlannedRun, variationsOf } from '../../src-engine/sweep/expand-sweep.ts'
import { isResumable } from '../contract/run.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import type { StoredSweep } from '../library/library.ts'
import { newRunId } from '../library/library.ts'
import type { RunContext } from './active-run.ts'
import { verdictOf } from './halve.ts'
import { HALVED, isHalved, roundsFor, type SweepRun } from './rounds.ts'
import type { Runs } from './runs.ts'

export interface Sweeps {
  /** Saves the sweep and queues its runs, all or none. @returns its id */
  start(document: StoredSweep['document'], runs: readonly PlannedRun[]): Promise<string>
  /** Newest first. */
  list(): Promise<SweepRecord[]>
  /** Pause and stop return when the sweep's runs have ended; resume returns when they are queued again. */
  pause(sweepId: string): Promise<void>
  resume(sweepId: string): Promise<void>
  stop(sweepId: string): Promise<void>
  /** Waits until this program has no queued or running run of the sweep. */
  finished(sweepId: string): Promise<void>
  /** Ends the current round of successive halving if its last run has ended. Call this when a run of the sweep has ended. */
  advance(sweepId: string): Promise<void>
  /** Calls `advance` for all sweeps, to continue what another process has left undone. */
  advanceAll(): Promise<void>
}

type Options = Pick<RunContext, 'library' | 'emit'> & { runs: Runs }

/** Creates the service of sweeps. Their runs use the same queue as all others and refer to their sweep by its id. */
export function createSweeps({ library, emit, runs }: Options): Sweeps {
  const runsOf = async (sweepId: string): Promise<SweepRun[]> =>
    (await library.list(sweepId)).filter((run): run is typeof run & SweepRun => run.sweep !== null)

  async function start(document: StoredSweep['document'], planned: readonly PlannedRun[]): Promise<string> {
    const sweep: StoredSweep = { sweepId: newRunId(), name: document.name, createdAt: new Date().toISOString(), document }
    await runs.startAll(planned.map(({ spec, arm }) => ({ spec, sweep: { sweepId: sweep.sweepId, arm } })), sweep)
    emit('sweep.changed', { sweep: recordOf(sweep) })
    return sweep.sweepId
  }

  const unfinished = async (sweepId: string) =>
    (await runsOf(sweepId)).filter(({ status }) => status === 'queued' || status === 'running').map(({ runId }) => runId)

  async function resume(sweepId: string): Promise<void> {
    const own = (await runsOf(sweepId)).filter((run) => isResumable(run.status) && run.status !== 'failed' && !isHalved(run))
    await runs.resume(...own.map(({ runId }) => runId).reverse())
  }

  async function stop(sweepId: string): Promise<void> {
    await runs.stop(...await unfinished(sweepId))
    const paused = (await runsOf(sweepId)).filter(({ status }) => status === 'paused')
    await runs.stopPaused(paused.map(({ runId }) => runId), null)
  }

  async function finished(sweepId: string): Promise<void> {
    for (;;) {
      const active = new Set(runs.active)
      const runIds = (await unfinished(sweepId)).filter((runId) => active.has(runId))
      if (runIds.length === 0) return
      await Promise.all(runIds.map((runId) => runs.finished(runId)))
      await advance(sweepId)
    }
  }

  /** Serialises calls of `advance`, so that two runs that end together do not both end the round. */
  let turn: Promise<void> = Promise.resolve()
  const advance = (sweepId: string) => (turn = turn.then(() => endRound(sweepId), () => endRound(sweepId)))

  async function endRound(sweepId: string): Promise<void> {
    // The last run of a round ends it. Reading the sweep after every run would take longer with every arm.
    if (runs.isActive(sweepId)) return
    const sweep = await library.sweep(sweepId).catch(() => null)
    if (!sweep?.document.halving) return
    const own = await runsOf(sweepId)
    const verdict = verdictOf(own, roundsFor(sweep, own[0]?.epochs ?? 0))
    if (verdict === null) return
    for (const { runId, place, of, epochs } of verdict.stop) {
      await runs.stopPaused([runId], { code: HALVED, message: `Stopped early: rank ${place} of ${of} arms after ${epochs} epochs.` })
    }
    if (verdict.advance.length > 0) await runs.enterNextRound(verdict.advance)
  }

  return {
    start,
    pause: async (sweepId) => runs.pause(...await unfinished(sweepId)),
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

const recordOf = (sweep: StoredSweep): SweepRecord => ({ ...sweep, arms: variationsOf(sweep.document) })
