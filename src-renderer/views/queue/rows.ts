import { isUnfinished, type RunSummary } from '../../stores/runs.ts'
import type { Priority, QueueState } from '../../stores/queue.ts'

/** A sweep's heading. Where other runs come in between, its later parts have one of their own. */
export interface SweepRow {
  kind: 'sweep'
  key: string
  sweepId: string
  /** Whether it heads all of the sweep, not only a later part of its queued runs. */
  isFirst: boolean
  /** Whether everything of it has ended. */
  hasEnded: boolean
  folded: boolean
  /** Of this part, in their order. */
  queued: readonly string[]
}

export interface RunRow {
  kind: 'run'
  key: string
  run: RunSummary
  /** Whether it stands below its sweep's heading. */
  isInner: boolean
  /** From 1; null where it does not wait in the queue. */
  place: number | null
  priority: Priority | null
}

export type Row = SweepRow | RunRow

/** What a running sweep shows of what has ended already. */
const ENDED_RUNS = 20
const ENDED_SWEEPS = 10

export interface Scene {
  /** Newest first. */
  runs: readonly RunSummary[]
  entries: QueueState['entries']
  /** Runs of each sweep, newest first. */
  runsOf: ReadonlyMap<string, readonly RunSummary[]>
  /** Newest first. */
  sweepIds: readonly string[]
  folded: ReadonlySet<string>
}

/** Ended for good, unless someone resumes it. */
export const hasEnded = ({ status }: RunSummary) => status === 'done' || status === 'stopped' || status === 'failed'
const isPaused = ({ status }: RunSummary) => status === 'paused' || status === 'interrupted'

interface Part {
  sweepId: string | null
  entries: Scene['entries']
}

/**
 * The whole of the Queue screen from top to bottom: what runs, what waits in the order of its turns, what is paused, the sweeps that
 * have ended. A sweep's runs stand together below its heading wherever the order allows it.
 */
export function queueRows(scene: Scene): Row[] {
  const { runs, runsOf, sweepIds } = scene
  const known = new Set(sweepIds)
  const sweepOf = ({ sweep }: RunSummary) => (sweep && known.has(sweep.sweepId) ? sweep.sweepId : null)
  const queued = new Map(runs.filter(({ status }) => status === 'queued').map((run) => [run.runId, run]))
  const waiting = scene.entries.filter(({ runId }) => queued.has(runId))
  const build = rowBuilder(scene, queued, waiting)

  const parts = partsOf(waiting, (runId) => sweepOf(queued.get(runId)!))
  const firstParts = new Map(parts.map(({ sweepId }, index) => [sweepId, index] as const).toReversed())
  const inQueue = new Set(firstParts.keys())
  const running = oldestFirst(runs.filter(({ status }) => status === 'running'))
  const runningSweeps = distinct(running.map(sweepOf)).filter((sweepId) => !inQueue.has(sweepId))
  const alive = new Set([...inQueue, ...runningSweeps])
  const resting = sweepIds.filter((sweepId) => !alive.has(sweepId))
  const isHeldBack = (sweepId: string) => (runsOf.get(sweepId) ?? []).some(isPaused)
  const paused = oldestFirst(runs.filter(({ status, shelf }) => status === 'paused' && shelf === 'library'))

  return [
    ...running.filter((run) => sweepOf(run) === null).map((run) => build.run(run, false)),
    ...runningSweeps.flatMap((sweepId) => build.sweep(sweepId, [])),
    ...parts.flatMap((part, index) => build.part(part, index, firstParts.get(part.sweepId) === index)),
    ...resting.filter(isHeldBack).flatMap((sweepId) => build.sweep(sweepId, [])),
    ...paused.filter((run) => sweepOf(run) === null).map((run) => build.run(run, false)),
    ...endedSweeps(resting.filter((sweepId) => !isHeldBack(sweepId)), runsOf),
  ]
}

function rowBuilder({ runsOf, folded }: Scene, queued: ReadonlyMap<string, RunSummary>, waiting: Scene['entries']) {
  const turns = new Map(waiting.map(({ runId, priority }, index) => [runId, { place: index + 1, priority }]))
  const run = (run: RunSummary, isInner: boolean): RunRow =>
    ({ kind: 'run', key: run.runId, run, isInner, place: null, priority: null, ...turns.get(run.runId) })
  const inner = (runs: readonly RunSummary[]) => runs.map((one) => run(one, true))
  const waitingRuns = (entries: Scene['entries']) => entries.map(({ runId }) => queued.get(runId)!)
  const head = (sweepId: string, key: string, isFirst: boolean, entries: Scene['entries']): SweepRow => ({
    kind: 'sweep', key, sweepId, isFirst, hasEnded: false, folded: folded.has(key),
    queued: entries.map(({ runId }) => runId),
  })

  /** Everything of it that is to be seen, with the first part of what waits. */
  const sweep = (sweepId: string, entries: Scene['entries']): Row[] => {
    const own = runsOf.get(sweepId) ?? []
    const heading = head(sweepId, `sweep:${sweepId}`, true, entries)
    if (heading.folded) return [heading]
    const running = oldestFirst(own.filter(({ status }) => status === 'running'))
    const paused = oldestFirst(own.filter(isPaused))
    return [heading, ...inner(running), ...inner(waitingRuns(entries)), ...inner(paused), ...inner(lastEnded(own))]
  }
  const part = ({ sweepId, entries }: Part, index: number, isFirst: boolean): Row[] => {
    if (sweepId === null) return waitingRuns(entries).map((one) => run(one, false))
    if (isFirst) return sweep(sweepId, entries)
    const heading = head(sweepId, `sweep:${sweepId}:${index}`, false, entries)
    return heading.folded ? [heading] : [heading, ...inner(waitingRuns(entries))]
  }
  return { run, sweep, part }
}

/** The queue cut where the sweep changes. */
function partsOf(entries: Scene['entries'], sweepOf: (runId: string) => string | null): Part[] {
  const parts: Part[] = []
  for (const entry of entries) {
    const sweepId = sweepOf(entry.runId)
    const last = parts.at(-1)
    if (last && last.sweepId === sweepId) last.entries.push(entry)
    else parts.push({ sweepId, entries: [entry] })
  }
  return parts
}

const endedSweeps = (sweepIds: readonly string[], runsOf: Scene['runsOf']): SweepRow[] => sweepIds
  .filter((sweepId) => (runsOf.get(sweepId) ?? []).some(({ shelf }) => shelf === 'library'))
  .slice(0, ENDED_SWEEPS)
  .map((sweepId) => ({ kind: 'sweep', key: `sweep:${sweepId}`, sweepId, isFirst: true, hasEnded: true, folded: true, queued: [] }))

const lastEnded = (own: readonly RunSummary[]) =>
  own.filter(hasEnded).sort((a, b) => ((a.endedAt ?? '') < (b.endedAt ?? '') ? 1 : -1)).slice(0, ENDED_RUNS)

const oldestFirst = (runs: readonly RunSummary[]) => runs.toReversed()

const distinct = (ids: readonly (string | null)[]) => [...new Set(ids)].filter((id) => id !== null)

/** Counts of a sweep, and how much of its work is done. */
export interface Tally {
  all: number
  ended: number
  failed: number
  unfinished: number
  paused: number
  /** Of the sequences; what was stopped counts as done. */
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
    share: all === 0 ? 0 : done / all,
  }
}
