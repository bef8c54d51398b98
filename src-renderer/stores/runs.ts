import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { call, environmentSchema, MOST_SHOWN, on } from '../bridge/bridge.ts'
import type { AnnotationChange, CallOutput, EpochMetrics, LiveFrame, Progress, RunDetail, RunSummary, Shelf, StoredRun, WatchedSynapse } from '../bridge/bridge.ts'
import { type LiveState, withEpochs, withLive } from './live-summary.ts'
import { useNavigation } from './navigation.ts'
import { newestFirst } from './newest-first.ts'
import { Recent } from './recent.ts'
import { createRunCache } from './run-cache.ts'

export { exportFormats, isResumable, runName, secondsOf } from '../bridge/bridge.ts'
export { datedRightFirst, newestFirst } from './newest-first.ts'
export type { AnnotationChange, ArrayInfo, EpochMetrics, ExportFormat, ExportSizes, LiveFrame, Progress, RunDetail, RunStatus, RunSummary, Shelf, StoredRun, WatchedSynapse } from '../bridge/bridge.ts'

/** Epochs kept per live run for its charts. The library holds all of them. */
const EPOCHS_KEPT = 20_000
/** Number of runs whose live frames and epochs are kept, the newest ones. */
const LIVE_KEPT = 16

export const isUnfinished = ({ status }: Pick<RunSummary, 'status'>) => status === 'queued' || status === 'running'

/** A run whose spec and environment this version can read; null for any other. */
export const readableRun = (run: StoredRun | null): RunDetail | null => (run !== null && 'spec' in run ? run : null)

/** What computed a run, also if its spec cannot be read; null if this cannot be read either. */
export function environmentIn(run: StoredRun): RunDetail['environment'] | null {
  if (!('texts' in run)) return run.environment
  try {
    return environmentSchema.safeParse(JSON.parse(run.texts.environment)).data ?? null
  } catch {
    return null
  }
}

const DAY_MS = 86_400_000
/** Finds all queued and running runs. */
const UNFINISHED = 'status = queued or status = running'
/** Shortest time between two counts of the shelves, ms. */
const COUNT_EVERY = 500

const shelves: readonly Shelf[] = ['library', 'archive', 'trash']

/**
 * Runs that the window shows, and progress of the running ones, kept current by events of the main process. There is no list of all runs:
 * each screen asks the library for what it shows.
 */
export const useRuns = defineStore('runs', () => {
  const cache = createRunCache()
  const { byId } = cache
  /** All queued and running runs. */
  const unfinished = shallowReactive(new Map<string, RunSummary>())
  const progress = shallowReactive(new Map<string, Progress>())
  const frames = shallowReactive(new Map<string, LiveFrame>())
  const epochs = shallowReactive(new Map<string, readonly EpochMetrics[]>())
  /**
   * What the epochs of each running run have shown since its last summary. Kept apart from the summaries, so that an epoch draws the rows
   * of its run and no other.
   */
  const live = shallowReactive(new Map<string, LiveState>())
  /** Number of snapshots saved per run since this window opened. */
  const snapshotCounts = shallowReactive(new Map<string, number>())
  const rings = new Map<string, Recent<EpochMetrics>>()
  const loaded = shallowRef(false)
  /** Number of times that everything was read again. Details read before the last one may be out of date. */
  const listings = shallowRef(0)
  /** Changes with any run of the library. What was asked of all runs before may be out of date. */
  const version = shallowRef(0)
  const counts = shallowRef<Readonly<Record<Shelf, number>>>({ library: 0, archive: 0, trash: 0 })

  const newest = computed(() => [...unfinished.values()].sort(newestFirst))
  const running = computed(() => newest.value.filter((run) => run.status === 'running'))
  const queued = computed(() => newest.value.filter((run) => run.status === 'queued'))
  /** Why runs wait, one reason per waiting run. */
  const waiting = computed(() => [...progress.values()].flatMap((run) => run.waiting ?? []))
  const waitingOf = (runId: string) => progress.get(runId)?.waiting ?? null
  /** The summary as of the latest epoch of a running run. */
  const withLiveState = (summary: RunSummary) => withLive(summary, live.get(summary.runId))
  /** Share of a run that is done, 0 to 1. */
  const shareOf = (summary: RunSummary) => {
    const now = progress.get(summary.runId)
    const epochs = withLiveState(summary).epochsDone / summary.epochs
    return now === undefined ? epochs : Math.max(epochs, now.sequencesDone / now.sequences)
  }

  const count = async () => {
    const totals = await Promise.all(shelves.map(async (shelf) => countOf('', shelf)))
    counts.value = { library: totals[0]!, archive: totals[1]!, trash: totals[2]! }
  }
  let counting: ReturnType<typeof setTimeout> | null = null
  const countSoon = () => {
    counting ??= setTimeout(() => {
      counting = null
      count().catch(() => undefined)
    }, COUNT_EVERY)
  }

  const update = (summary: RunSummary) => {
    if (byId.get(summary.runId)?.shelf !== summary.shelf) countSoon()
    cache.put(summary)
    version.value++
    if (isUnfinished(summary)) {
      unfinished.set(summary.runId, summary)
      return
    }
    for (const map of [unfinished, progress, live]) map.delete(summary.runId)
  }

  const remove = (runIds: readonly string[]) => {
    const gone = new Set(runIds)
    for (const runId of gone) {
      cache.drop(runId)
      for (const map of [unfinished, progress, live, frames, epochs, snapshotCounts, rings]) map.delete(runId)
    }
    version.value++
    countSoon()
    useNavigation().forgetMissing({ has: (runId) => !gone.has(runId) })
  }

  const addEpochs = (runId: string, metrics: EpochMetrics[]) => {
    const ring = rings.get(runId) ?? new Recent<EpochMetrics>(EPOCHS_KEPT)
    rings.set(runId, ring)
    for (const epoch of metrics) ring.push(epoch)
    epochs.set(runId, ring.toArray())
    live.set(runId, withEpochs(live.get(runId), metrics))
    forgetOldest(rings)
    forgetOldest(epochs)
  }

  const setFrame = (frame: LiveFrame) => {
    frames.set(frame.runId, frame)
    forgetOldest(frames)
  }

  const countSnapshot = (runId: string) => {
    snapshotCounts.set(runId, (snapshotCounts.get(runId) ?? 0) + 1)
    forgetOldest(snapshotCounts)
  }

  const readUnfinished = () => cache.reading(async (changed) => {
    const found = new Map((await cache.fetch(await find(UNFINISHED, null))).map((run) => [run.runId, run]))
    for (const runId of unfinished.keys()) if (!found.has(runId) && !changed.has(runId)) unfinished.delete(runId)
    for (const [runId, run] of found) if (!changed.has(runId)) unfinished.set(runId, run)
  })
  /** Forget chosen runs that are no longer in the library. */
  const forgetMissing = async () => {
    const navigation = useNavigation()
    const chosen = [...navigation.ticked, ...(navigation.runId === null ? [] : [navigation.runId])]
    if (chosen.length > 0) navigation.forgetMissing(await existingOf(chosen))
  }
  const readAgain = async () => {
    await Promise.all([readUnfinished(), cache.reload(), count(), forgetMissing()])
    listings.value++
    version.value++
  }

  let reading: Promise<void> | null = null
  let readOnceMore = false
  /** Read everything again that is shown. Requests made meanwhile are merged into one more reading. */
  const relist = (): Promise<void> => {
    readOnceMore = true
    reading ??= (async () => {
      while (readOnceMore) {
        readOnceMore = false
        await readAgain()
      }
    })().finally(() => { reading = null })
    return reading
  }

  /** Subscribe, then read. In this order no change during the first reading is missed. */
  const connect = async () => {
    on('run.changed', ({ summary }) => update(summary))
    on('run.removed', ({ runIds }) => remove(runIds))
    on('run.progress', (now) => progress.set(now.runId, now))
    on('run.epochs', ({ runId, metrics }) => addEpochs(runId, metrics))
    on('run.frame', setFrame)
    on('run.kept', ({ runId }) => countSnapshot(runId))
    const [live] = await Promise.all([call('runs.live', {}), relist()])
    for (const run of live) addLive(run)
    loaded.value = true
  }

  const addLive = (run: CallOutput<'runs.live'>[number]) => {
    if (!progress.has(run.progress.runId)) progress.set(run.progress.runId, run.progress)
    if (run.frame && !frames.has(run.frame.runId)) setFrame(run.frame)
  }

  // A reactive list cannot cross the bridge, so a plain copy is sent.
  const shelve = async (runIds: readonly string[], shelf: Shelf) => {
    await call('runs.shelve', { runIds: [...runIds], shelf })
    for (const runId of runIds) {
      const run = byId.get(runId)
      if (run) cache.put({ ...run, shelf })
    }
    version.value++
    await count()
  }

  /** Delete runs for good if the user says so in the question that follows. @returns whether they were deleted */
  const deleteRuns = async (runIds: readonly string[]): Promise<boolean> => {
    const { deleted } = await call('runs.delete', { runIds: [...runIds] })
    if (deleted) remove(runIds)
    return deleted
  }

  return {
    byId, unfinished, running, queued, waiting, waitingOf, withLiveState, shareOf, counts, progress, frames, epochs,
    snapshotCounts, loaded, listings, version,
    connect, relist, shelve, deleteRuns,
    use: cache.use,
    ensure: cache.ensure,
    read: cache.read,
    find, countOf, some,
    newest: newestRuns,
    sweepsOf,
    finishedLike,
    start: (spec: unknown) => call('runs.start', { spec }),
    stop: (runId: string) => call('runs.stop', { runId }),
    pause: (runId: string) => call('runs.pause', { runId }),
    resume: (runId: string) => call('runs.resume', { runId }),
    retry: async (runId: string) => (await call('runs.retry', { runId })).runId,
    observe: (runId: string, synapse: WatchedSynapse) => call('runs.observe', { runId, ...synapse }),
    detail: (runId: string) => call('runs.get', { runId }),
    array: (runId: string, epoch: number, kind: string, name: string) => call('runs.array', { runId, epoch, kind, name }),
    exportSizes: (runIds: readonly string[]) => call('runs.exportSizes', { runIds: [...runIds] }),
    previewImport: () => call('runs.previewImport', {}),
    /** Write an archive to drag out of the window. @returns why it cannot be dragged; null if it can */
    prepareDrag: async (runIds: readonly string[]) => (await call('runs.prepareDrag', { runIds: [...runIds] })).problem,
    /** Let the system drag the prepared archive. */
    drag: async () => { await call('runs.drag', {}) },
    annotate: async (runIds: readonly string[], change: AnnotationChange) => { await call('runs.annotate', { runIds: [...runIds], change }) },
    importRuns: (file: string) => call('runs.import', { file }),
  }
})

const requireAnswer = <Answer extends { ok: boolean }>(answer: Answer) => {
  if (!answer.ok) throw new Error('The window asked for runs with a wrong query.')
  return answer as Extract<Answer, { ok: true }>
}

/** Ids of the runs that a query finds, newest first. The query must be right. */
const find = async (query: string, shelf: Shelf | null) => requireAnswer(await call('runs.find', { query, shelf })).runIds

const countOf = async (query: string, shelf: Shelf | null) => requireAnswer(await call('runs.count', { query, shelf })).total

/** Ids of the first runs that a query finds, newest first. */
const some = async (query: string, shelf: Shelf | null, limit: number) => requireAnswer(
  await call('runs.query', { query, shelf, columns: [], sort: [], groupBy: [], offset: 0, limit }),
).rows.map(({ runId }) => runId)

/** Sweeps of the runs that a query finds. */
const sweepsOf = async (query: string) => requireAnswer(
  await call('runs.query', { query, shelf: null, columns: [], sort: [], groupBy: ['sweep'], offset: 0, limit: MOST_SHOWN }),
).groups.flatMap(({ keys: [sweepId] }) => (typeof sweepId === 'string' ? [sweepId] : []))

/** Finished replicates of a run with its seed, newest first. */
async function finishedLike(runId: string, limit: number): Promise<string[]> {
  const [row] = await call('runs.cells', { runIds: [runId], columns: ['replicate', 'seed'] })
  const [replicate, seed] = row?.cells ?? []
  if (typeof replicate !== 'number' || typeof seed !== 'number') return []
  const found = await some(`replicate = ${replicate} and seed = ${seed} and status = done`, null, limit + 1)
  return found.filter((other) => other !== runId).slice(0, limit)
}

/** Id of the newest run in the library; those that a wrong clock has dated to the future come last. */
const newestRuns = async () => {
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
  const right = await some(`created < ${tomorrow}`, 'library', 1)
  return right.length > 0 ? right : some('', 'library', 1)
}

/** Those of the runs that the library has. */
async function existingOf(runIds: readonly string[]): Promise<ReadonlySet<string>> {
  const existing = new Set<string>()
  for (let from = 0; from < runIds.length; from += MOST_SHOWN) {
    const rows = await call('runs.cells', { runIds: runIds.slice(from, from + MOST_SHOWN), columns: [] })
    for (const { runId } of rows) existing.add(runId)
  }
  return existing
}

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= LIVE_KEPT) return
    map.delete(key)
  }
}
