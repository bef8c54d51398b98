import type { Outcome } from '../../../src-engine/statistics/comparison.ts'
import { outcomeCounts } from '../../../src-engine/statistics/outcome-texts.ts'
import { isUnfinished, type RunSummary } from '../../stores/runs.ts'
import type { Priority, QueueState } from '../../stores/queue.ts'

/** Row of a sweep, above its runs. If other runs separate its queued runs, each later part has a row of its own. */
export interface SweepRow {
  kind: 'sweep'
  key: string
  sweepId: string
  /** Whether this row stands for the whole sweep and not for a later part of its queued runs. */
  isFirst: boolean
  /** Whether all runs of the sweep have ended. */
  hasEnded: boolean
  folded: boolean
  /** Ids of the queued runs of this part, in order. */
  queued: readonly string[]
}

export interface RunRow {
  kind: 'run'
  key: string
  run: RunSummary
  /** Whether the run is shown below the row of its sweep. */
  isInner: boolean
  /** Position in the queue, from 1; null if the run is not queued. */
  position: number | null
  priority: Priority | null
}

export type Row = SweepRow | RunRow

/** Number of ended runs shown per sweep. */
const ENDED_RUNS = 20
/** Number of ended sweeps shown. */
export const ENDED_SWEEPS = 10

/** Input of `queueRows`. */
export interface QueueData {
  /** Newest first. */
  runs: readonly RunSummary[]
  entries: QueueState['entries']
  /** Runs by sweep, newest first. */
  runsOf: ReadonlyMap<string, readonly RunSummary[]>
  /** Newest first. */
  sweepIds: readonly string[]
  folded: ReadonlySet<string>
}

/** Whether a run has ended. Stopped and failed runs can still be resumed. */
export const hasEnded = ({ status }: Pick<RunSummary, 'status'>) => status === 'done' || status === 'stopped' || status === 'failed'
const isPaused = ({ status }: RunSummary) => status === 'paused' || status === 'interrupted'

/** Consecutive queued runs of one sweep, or of none. */
interface Part {
  sweepId: string | null
  entries: QueueData['entries']
}

/**
 * Rows of the Queue screen from top to bottom: running, queued in order, paused, ended sweeps. Runs of a sweep are grouped below
 * its row wherever the order of the queue allows it.
 */
export function queueRows(data: QueueData): Row[] {
  const { runs, runsOf, sweepIds } = data
  const known = new Set(sweepIds)
  const sweepOf = ({ sweep }: RunSummary) => (sweep && known.has(sweep.sweepId) ? sweep.sweepId : null)
  const queued = new Map(runs.filter(({ status }) => status === 'queued').map((run) => [run.runId, run]))
  const entries = data.entries.filter(({ runId }) => queued.has(runId))
  const build = rowBuilder(data, queued, entries)

  const parts = partsOf(entries, (runId) => sweepOf(queued.get(runId)!))
  const firstParts = new Map(parts.map(({ sweepId }, index) => [sweepId, index] as const).toReversed())
  const inQueue = new Set(firstParts.keys())
  const running = oldestFirst(runs.filter(({ status }) => status === 'running'))
  const runningSweeps = distinct(running.map(sweepOf)).filter((sweepId) => !inQueue.has(sweepId))
  const activeSweeps = new Set([...inQueue, ...runningSweeps])
  const inactiveSweeps = sweepIds.filter((sweepId) => !activeSweeps.has(sweepId))
  const hasPausedRuns = (sweepId: string) => (runsOf.get(sweepId) ?? []).some(isPaused)
  const paused = oldestFirst(runs.filter(({ status, shelf }) => status === 'paused' && shelf === 'library'))

  return [
    ...running.filter((run) => sweepOf(run) === null).map((run) => build.run(run, false)),
    ...runningSweeps.flatMap((sweepId) => build.sweep(sweepId, [])),
    ...parts.flatMap((part, index) => build.part(part, index, firstParts.get(part.sweepId) === index)),
    ...inactiveSweeps.filter(hasPausedRuns).flatMap((sweepId) => build.sweep(sweepId, [])),
    ...paused.filter((run) => sweepOf(run) === null).map((run) => build.run(run, false)),
    ...endedSweeps(inactiveSweeps.filter((sweepId) => !hasPausedRuns(sweepId)), runsOf),
  ]
}

function rowBuilder({ runsOf, folded }: QueueData, queued: ReadonlyMap<string, RunSummary>, allEntries: QueueData['entries']) {
  const placement = new Map(allEntries.map(({ runId, priority }, index) => [runId, { position: index + 1, priority }]))
  const run = (run: RunSummary, isInner: boolean): RunRow =>
    ({ kind: 'run', key: run.runId, run, isInner, position: null, priority: null, ...placement.get(run.runId) })
  const inner = (runs: readonly RunSummary[]) => runs.map((one) => run(one, true))
  const queuedRuns = (entries: QueueData['entries']) => entries.map(({ runId }) => queued.get(runId)!)
  const head = (sweepId: string, key: string, isFirst: boolean, entries: QueueData['entries']): SweepRow => ({
    kind: 'sweep', key, sweepId, isFirst, hasEnded: false, folded: folded.has(key),
    queued: entries.map(({ runId }) => runId),
  })

  /** The row of a sweep and its runs, with the first part of its queued runs. */
  const sweep = (sweepId: string, entries: QueueData['entries']): Row[] => {
    const own = runsOf.get(sweepId) ?? []
    const heading = head(sweepId, `sweep:${sweepId}`, true, entries)
    if (heading.folded) return [heading]
    const running = oldestFirst(own.filter(({ status }) => status === 'running'))
    const paused = oldestFirst(own.filter(isPaused))
    return [heading, ...inner(running), ...inner(queuedRuns(entries)), ...inner(paused), ...inner(lastEnded(own))]
  }
  const part = ({ sweepId, entries }: Part, index: number, isFirst: boolean): Row[] => {
    if (sweepId === null) return queuedRuns(entries).map((one) => run(one, false))
    if (isFirst) return sweep(sweepId, entries)
    const heading = head(sweepId, `sweep:${sweepId}:${index}`, false, entries)
    return heading.folded ? [heading] : [heading, ...inner(queuedRuns(entries))]
  }
  return { run, sweep, part }
}

/** Split the queue wherever the sweep changes. */
function partsOf(entries: QueueData['entries'], sweepOf: (runId: string) => string | null): Part[] {
  const parts: Part[] = []
  for (const entry of entries) {
    const sweepId = sweepOf(entry.runId)
    const last = parts.at(-1)
    if (last && last.sweepId === sweepId) last.entries.push(entry)
    else parts.push({ sweepId, entries: [entry] })
  }
  return parts
}

const endedSweeps = (sweepIds: readonly string[], runsOf: QueueData['runsOf']): SweepRow[] => sweepIds
  .filter((sweepId) => (runsOf.get(sweepId) ?? []).some(({ shelf }) => shelf === 'library'))
  .slice(0, ENDED_SWEEPS)
  .map((sweepId) => ({ kind: 'sweep', key: `sweep:${sweepId}`, sweepId, isFirst: true, hasEnded: true, folded: true, queued: [] }))

const lastEnded = (own: readonly RunSummary[]) =>
  own.filter(hasEnded).sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1)).slice(0, ENDED_RUNS)

const oldestFirst = (runs: readonly RunSummary[]) => runs.toReversed()

const distinct = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null)

/** Counts and progress of a sweep. */
export interface Tally {
  all: number
  ended: number
  failed: number
  unfinished: number
  paused: number
  /** Finished runs by outcome, as far as it is known. */
  outcomes: Record<Outcome, number>
  /** Share of the epochs that are done, 0 to 1. A stopped or failed run counts as done. */
  share: number
}

export function tallyOf(runs: readonly RunSummary[]): Tally {
  let [done, all] = [0, 0]
  for (const run of runs) {
    all += run.epochs
    done += hasEnded(run) ? run.epochs : run.epochsDone
  }
  return {
    all: runs.length,
    ended: runs.filter(hasEnded).length,
    failed: runs.filter(({ status }) => status === 'failed').length,
    unfinished: runs.filter(isUnfinished).length,
    paused: runs.filter(isPaused).length,
    outcomes: outcomeCounts(runs),
    share: all === 0 ? 0 : done / all,
  }
}
