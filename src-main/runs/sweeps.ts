import { type PlannedRun, variationsOf } from '../../src-engine/sweep/expand-sweep.ts'
import type { Round } from '../../src-engine/sweep/halving.ts'
import { isResumable } from '../contract/run.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import { LibraryError, newRunId, type StoredSweep } from '../library/library.ts'
import type { RunContext } from './active-run.ts'
import { isHalved, isRoundOver, standingOf, type SweepRun, verdictOf } from './halve.ts'
import { readRounds, runsOf } from './rounds.ts'
import type { Runs } from './runs.ts'

export interface Sweeps {
  /** Saves the sweep and queues its runs, all or none. @returns its id */
  start(document: StoredSweep['document'], runs: readonly PlannedRun[]): Promise<string>
  /** Newest first. */
  list(): Promise<SweepRecord[]>
  /** Pause and stop return when the sweep's runs have ended; resume returns when all that can continue are queued again. */
  pause(sweepId: string): Promise<void>
  resume(sweepId: string): Promise<void>
  stop(sweepId: string): Promise<void>
  /** Waits until this program has no queued or running run of the sweep. */
  finished(sweepId: string): Promise<void>
  /** Ends the current round of successive halving if its last run has ended. Call this when a run of the sweep has ended. */
  advance(sweepId: string): Promise<void>
  /** Calls `advance` for all sweeps, to continue what another process has left undone. Reports what cannot continue. */
  advanceAll(): Promise<void>
}

type Options = Pick<RunContext, 'library' | 'emit'> & { runs: Runs }

/** Creates the service of sweeps. Their runs use the same queue as all others and refer to their sweep by its id. */
export function createSweeps({ library, emit, runs }: Options): Sweeps {
  const own = (sweepId: string): Promise<SweepRun[]> => runs.patiently(() => runsOf(library, sweepId))

  async function start(document: StoredSweep['document'], planned: readonly PlannedRun[]): Promise<string> {
    const sweep: StoredSweep = { sweepId: newRunId(), name: document.name, createdAt: new Date().toISOString(), document }
    await runs.startAll(planned.map(({ spec, arm }) => ({ spec, sweep: { sweepId: sweep.sweepId, arm } })), sweep)
    emit('sweep.changed', { sweep: recordOf(sweep) })
    return sweep.sweepId
  }

  const unfinished = async (sweepId: string) =>
    (await own(sweepId)).filter(({ status }) => status === 'queued' || status === 'running').map(({ runId }) => runId)

  async function resume(sweepId: string): Promise<void> {
    const all = await runsOf(library, sweepId)
    const rounds = await readRounds(library, sweepId, all[0]?.epochs ?? 0)
    try {
      await runs.resume(...resumableOf(all, rounds).map(({ runId }) => runId).reverse())
    } catch (error) {
      // Another program, or the end of a round, has resumed one of them meanwhile.
      if (error instanceof LibraryError && error.code === 'busy') return resume(sweepId)
      throw error
    }
    await advance(sweepId)
  }

  /** No round ends meanwhile: the runs that wait there would start again. */
  const stop = (sweepId: string): Promise<void> => inTurn(async () => {
    await runs.stop(...await unfinished(sweepId))
    for (;;) {
      const seen = await own(sweepId)
      const paused = seen.filter(({ status }) => status === 'paused')
      if (paused.length === 0) return
      if (await runs.endRound(sweepId, seen, { stop: paused.map(({ runId }) => ({ runId, error: null })), advance: [] })) return
    }
  })

  async function finished(sweepId: string): Promise<void> {
    for (;;) {
      // The last run of a round may just have ended.
      await advance(sweepId)
      const active = runs.activeOf(sweepId)
      if (active.length === 0) return
      await Promise.all(active.map((runId) => runs.finished(runId)))
    }
  }

  /** Serialises what ends rounds and sweeps, so that two runs that end together do not both end the round. */
  let turn: Promise<void> = Promise.resolve()
  const inTurn = (act: () => Promise<void>): Promise<void> => (turn = turn.then(act, act))
  const advance = (sweepId: string) => inTurn(() => endRound(sweepId))

  async function endRound(sweepId: string): Promise<void> {
    for (;;) {
      // The last run of a round ends it. Reading the sweep after every run would take longer with every arm.
      if (runs.isActive(sweepId) || runs.closing) return
      const seen = await own(sweepId)
      const rounds = await runs.patiently(() => readRounds(library, sweepId, seen[0]?.epochs ?? 0))
      if (rounds.length === 0) return
      const standing = standingOf(seen, rounds)
      const losses = isRoundOver(standing, rounds) ? await runs.patiently(() => library.losses(sweepId, standing.until)) : null
      const verdict = verdictOf(seen, rounds, losses)
      // If a program has changed the runs meanwhile, the decision is made again.
      if (verdict === null || await runs.endRound(sweepId, seen, verdict)) return
    }
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
      const halved = (await runs.patiently(() => library.sweeps())).filter(({ document }) => document.halving)
      for (const { sweepId } of halved) {
        await advance(sweepId).catch((error: Error) =>
          emit('library.notice', { level: 'error', message: `Could not continue sweep ${sweepId}: ${error.message}` }))
      }
    },
  }
}

const recordOf = (sweep: StoredSweep): SweepRecord => ({ ...sweep, arms: variationsOf(sweep.document) })

/** Runs that a sweep continues with when it is resumed, newest first. Not those that wait for the others of their round. */
function resumableOf(runs: readonly SweepRun[], rounds: readonly Round[]): SweepRun[] {
  const out = new Set(runs.filter(isHalved).map(({ sweep }) => sweep.arm))
  const isLeft = ({ status, sweep }: SweepRun) => isResumable(status) && status !== 'failed' && !out.has(sweep.arm)
  if (rounds.length === 0) return runs.filter(isLeft)
  const { until } = standingOf(runs.map((run) => (isLeft(run) ? { ...run, status: 'queued' } : run)), rounds)
  return runs.filter((run) => isLeft(run) && (run.status !== 'paused' || run.epochsDone < until))
}
