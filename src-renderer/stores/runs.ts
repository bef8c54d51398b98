import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { call, environmentSchema, on, RUNS_PER_PAGE } from '../bridge/bridge.ts'
import type { AnnotationChange, CallOutput, EpochMetrics, LiveFrame, Progress, RunDetail, RunSummary, Shelf, StoredRun, WatchedSynapse } from '../bridge/bridge.ts'
import { type LiveState, withEpochs, withLive } from './live-summary.ts'
import { useNavigation } from './navigation.ts'
import { newestFirst, placed } from './newest-first.ts'
import { Recent } from './recent.ts'

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

/** Runs of the library and progress of the running ones, kept current by events of the main process. */
export const useRuns = defineStore('runs', () => {
  const byId = shallowReactive(new Map<string, RunSummary>())
  /** Newest first, from every shelf. */
  const summaries = shallowRef<readonly RunSummary[]>([])
  const progress = shallowReactive(new Map<string, Progress>())
  const frames = shallowReactive(new Map<string, LiveFrame>())
  const epochs = shallowReactive(new Map<string, readonly EpochMetrics[]>())
  /**
   * What the epochs of each running run have shown since its last summary. Kept apart from the summaries, so that an epoch draws the rows
   * of its run and does not sort, filter and group the whole list again.
   */
  const live = shallowReactive(new Map<string, LiveState>())
  /** Number of snapshots saved per run since this window opened. */
  const snapshotCounts = shallowReactive(new Map<string, number>())
  const rings = new Map<string, Recent<EpochMetrics>>()
  const loaded = shallowRef(false)
  /** Number of full listings so far. Details read before the last one may be out of date. */
  const listings = shallowRef(0)

  const running = computed(() => summaries.value.filter((run) => run.status === 'running'))
  const queued = computed(() => summaries.value.filter((run) => run.status === 'queued'))
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
  const counts = computed(() => {
    const counts: Record<Shelf, number> = { library: 0, archive: 0, trash: 0 }
    for (const { shelf } of summaries.value) counts[shelf]++
    return counts
  })

  /** Runs that changed since the last listing was requested. Their events are newer than the listing. */
  let changedSinceListing = new Set<string>()

  const update = (summary: RunSummary) => {
    changedSinceListing.add(summary.runId)
    byId.set(summary.runId, summary)
    summaries.value = placed(summaries.value, summary)
    if (!isUnfinished(summary)) {
      progress.delete(summary.runId)
      live.delete(summary.runId)
    }
  }

  const remove = (runIds: readonly string[]) => {
    for (const runId of runIds) {
      changedSinceListing.add(runId)
      for (const map of [byId, progress, live, frames, epochs, snapshotCounts, rings]) map.delete(runId)
    }
    const gone = new Set(runIds)
    summaries.value = summaries.value.filter(({ runId }) => !gone.has(runId))
    useNavigation().forgetMissing(byId)
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

  /** All runs, page by page, so that neither process is busy for long. */
  const listAll = async () => {
    const listed: RunSummary[] = []
    for (;;) {
      const last = listed.at(-1)
      const page = await call('runs.list', last ? { after: { createdAt: last.createdAt, runId: last.runId } } : {})
      listed.push(...page)
      if (page.length < RUNS_PER_PAGE) return listed
    }
  }

  const list = async () => {
    changedSinceListing = new Set()
    const listed = await listAll()
    const newer = [...changedSinceListing].flatMap((runId) => byId.get(runId) ?? [])
    const all = [...listed.filter(({ runId }) => !changedSinceListing.has(runId)), ...newer]
    const existing = new Set(all.map(({ runId }) => runId))
    for (const runId of byId.keys()) if (!existing.has(runId)) byId.delete(runId)
    for (const run of all) byId.set(run.runId, run)
    summaries.value = all.sort(newestFirst)
    listings.value++
    useNavigation().forgetMissing(byId)
  }

  let listing: Promise<void> | null = null
  let listAgain = false
  /** List all runs again. Requests made during a listing are merged into one more listing. */
  const relist = (): Promise<void> => {
    listAgain = true
    listing ??= (async () => {
      while (listAgain) {
        listAgain = false
        await list()
      }
    })().finally(() => { listing = null })
    return listing
  }

  /** Subscribe, then list all runs. In this order no change during the first listing is missed. */
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

  /** Whether the current change of the library is a move that this window requested. Asking resets the answer. */
  let ownMove = false
  const isOwnMove = () => {
    const own = ownMove
    ownMove = false
    return own
  }

  // A reactive list cannot cross the bridge, so a plain copy is sent.
  const shelve = async (runIds: readonly string[], shelf: Shelf) => {
    ownMove = true
    // The change event arrives before the answer.
    await call('runs.shelve', { runIds: [...runIds], shelf }).finally(isOwnMove)
    const moved = new Set(runIds)
    summaries.value = summaries.value.map((run) => (moved.has(run.runId) ? { ...run, shelf } : run))
    for (const run of summaries.value) {
      if (!moved.has(run.runId)) continue
      changedSinceListing.add(run.runId)
      byId.set(run.runId, run)
    }
  }

  const deleteRuns = async (runIds: readonly string[]) => {
    await call('runs.delete', { runIds: [...runIds] })
    remove(runIds)
  }

  return {
    byId, summaries, running, queued, waiting, waitingOf, withLiveState, shareOf, counts, progress, frames, epochs,
    snapshotCounts, loaded, listings,
    connect, relist, isOwnMove, shelve, deleteRuns,
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

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= LIVE_KEPT) return
    map.delete(key)
  }
}
