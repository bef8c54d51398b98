import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { call, on } from '../bridge/bridge.ts'
import type { CallOutput, EpochMetrics, LiveFrame, Progress, RunSummary, Shelf, WatchedSynapse } from '../bridge/bridge.ts'
import { useNavigation } from './navigation.ts'
import { newestFirst, placed } from './newest-first.ts'
import { Recent } from './recent.ts'

export { isResumable } from '../bridge/bridge.ts'
export { newestFirst } from './newest-first.ts'
export type { ArrayInfo, EpochMetrics, LiveFrame, Progress, RunDetail, RunStatus, RunSummary, Shelf, WatchedSynapse } from '../bridge/bridge.ts'

export type ExportFormat = 'csv' | 'json' | 'archive'

/** Epochs kept per live run for drawing; the rest is in the library. */
const EPOCHS_KEPT = 20_000
/** Live frames and epochs outlive their run until this many newer runs have some. */
const LIVE_KEPT = 16

export const isUnfinished = ({ status }: Pick<RunSummary, 'status'>) => status === 'queued' || status === 'running'

/** What the library holds and what runs now, kept current by the main process's events. */
export const useRuns = defineStore('runs', () => {
  const byId = shallowReactive(new Map<string, RunSummary>())
  /** Newest first, from every shelf. */
  const summaries = shallowRef<readonly RunSummary[]>([])
  const progress = shallowReactive(new Map<string, Progress>())
  const frames = shallowReactive(new Map<string, LiveFrame>())
  const epochs = shallowReactive(new Map<string, readonly EpochMetrics[]>())
  /** How many snapshots of a run were kept since this window opened. */
  const kept = shallowReactive(new Map<string, number>())
  const rings = new Map<string, Recent<EpochMetrics>>()
  const loaded = shallowRef(false)
  /** How often everything was listed: what was read of a run before may be out of date. */
  const listings = shallowRef(0)

  const running = computed(() => summaries.value.filter((run) => run.status === 'running'))
  const queued = computed(() => summaries.value.filter((run) => run.status === 'queued'))
  const waiting = computed(() => running.value.flatMap(({ runId }) => progress.get(runId)?.waiting ?? []))
  const counts = computed(() => {
    const counts: Record<Shelf, number> = { library: 0, archive: 0, trash: 0 }
    for (const { shelf } of summaries.value) counts[shelf]++
    return counts
  })

  /** Runs that were told of while a listing was on its way: what was told is newer. */
  let told = new Set<string>()

  const take = (summary: RunSummary) => {
    told.add(summary.runId)
    byId.set(summary.runId, summary)
    summaries.value = placed(summaries.value, summary)
    if (!isUnfinished(summary)) progress.delete(summary.runId)
  }

  const drop = (runIds: readonly string[]) => {
    for (const runId of runIds) {
      told.add(runId)
      for (const map of [byId, progress, frames, epochs, kept, rings]) map.delete(runId)
    }
    const gone = new Set(runIds)
    summaries.value = summaries.value.filter(({ runId }) => !gone.has(runId))
    useNavigation().forgetMissing(byId)
  }

  const takeEpochs = (runId: string, metrics: EpochMetrics[]) => {
    const ring = rings.get(runId) ?? new Recent<EpochMetrics>(EPOCHS_KEPT)
    rings.set(runId, ring)
    for (const epoch of metrics) ring.push(epoch)
    epochs.set(runId, ring.toArray())
    forgetOldest(rings)
    forgetOldest(epochs)
  }

  const takeFrame = (frame: LiveFrame) => {
    frames.set(frame.runId, frame)
    forgetOldest(frames)
  }

  const takeKept = (runId: string) => {
    kept.set(runId, (kept.get(runId) ?? 0) + 1)
    forgetOldest(kept)
  }

  const list = async () => {
    told = new Set()
    const listed = await call('runs.list', {})
    const newer = [...told].flatMap((runId) => byId.get(runId) ?? [])
    const all = [...listed.filter(({ runId }) => !told.has(runId)), ...newer]
    const held = new Set(all.map(({ runId }) => runId))
    for (const runId of byId.keys()) if (!held.has(runId)) byId.delete(runId)
    for (const run of all) byId.set(run.runId, run)
    summaries.value = all.sort(newestFirst)
    listings.value++
    useNavigation().forgetMissing(byId)
  }

  let listing: Promise<void> | null = null
  let listAgain = false
  /** One listing at a time; however often it is asked for meanwhile, one more follows. */
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

  /** Subscribes first, so that nothing that changes during the first listing is missed. */
  const connect = async () => {
    on('run.changed', ({ summary }) => take(summary))
    on('run.removed', ({ runIds }) => drop(runIds))
    on('run.progress', (now) => progress.set(now.runId, now))
    on('run.epochs', ({ runId, metrics }) => takeEpochs(runId, metrics))
    on('run.frame', takeFrame)
    on('run.kept', ({ runId }) => takeKept(runId))
    const [live] = await Promise.all([call('runs.live', {}), relist()])
    for (const run of live) takeLive(run)
    loaded.value = true
  }

  const takeLive = (run: CallOutput<'runs.live'>[number]) => {
    if (!progress.has(run.progress.runId)) progress.set(run.progress.runId, run.progress)
    if (run.frame && !frames.has(run.frame.runId)) takeFrame(run.frame)
  }

  /** Whether a change of the library that is being told is a move that this window asked for, and so knows. */
  let ownMove = false
  const isOwnMove = () => {
    const own = ownMove
    ownMove = false
    return own
  }

  // A reactive list cannot cross the bridge: a plain copy does.
  const shelve = async (runIds: readonly string[], shelf: Shelf) => {
    ownMove = true
    // It is told before it is answered.
    await call('runs.shelve', { runIds: [...runIds], shelf }).finally(isOwnMove)
    const moved = new Set(runIds)
    summaries.value = summaries.value.map((run) => (moved.has(run.runId) ? { ...run, shelf } : run))
    for (const run of summaries.value) {
      if (!moved.has(run.runId)) continue
      told.add(run.runId)
      byId.set(run.runId, run)
    }
  }

  const deleteRuns = async (runIds: readonly string[]) => {
    await call('runs.delete', { runIds: [...runIds] })
    drop(runIds)
  }

  return {
    byId, summaries, running, queued, waiting, counts, progress, frames, epochs, kept, loaded, listings,
    connect, relist, isOwnMove, shelve, deleteRuns,
    start: (spec: unknown) => call('runs.start', { spec }),
    stop: (runId: string) => call('runs.stop', { runId }),
    pause: (runId: string) => call('runs.pause', { runId }),
    resume: (runId: string) => call('runs.resume', { runId }),
    retry: async (runId: string) => (await call('runs.retry', { runId })).runId,
    observe: (runId: string, synapse: WatchedSynapse) => call('runs.observe', { runId, ...synapse }),
    detail: (runId: string) => call('runs.get', { runId }),
    array: (runId: string, epoch: number, kind: string, name: string) => call('runs.array', { runId, epoch, kind, name }),
    exportRuns: (runIds: readonly string[], format: ExportFormat) => call('runs.export', { runIds: [...runIds], format }),
    importRuns: () => call('runs.import', {}),
  }
})

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= LIVE_KEPT) return
    map.delete(key)
  }
}
