import { defineStore } from 'pinia'
import { computed, shallowReactive, shallowRef } from 'vue'
import { call, on } from '../bridge/bridge.ts'
import type { CallOutput, EpochMetrics, EventPayload, LiveFrame, Progress, RunSummary } from '../bridge/bridge.ts'
import { Recent } from './recent.ts'

export type { ArrayInfo, EpochMetrics, LiveFrame, Progress, RunDetail, RunStatus, RunSummary } from '../bridge/bridge.ts'

/** Epochs kept per live run for drawing; the rest is in the library. */
const EPOCHS_KEPT = 20_000
/** Live frames and epochs outlive their run until this many newer runs have some. */
const LIVE_KEPT = 16

export const isUnfinished = ({ status }: RunSummary) => status === 'queued' || status === 'running'

/** What the library holds and what runs now, kept current by the main process's events. */
export const useRuns = defineStore('runs', () => {
  const byId = shallowReactive(new Map<string, RunSummary>())
  const progress = shallowReactive(new Map<string, Progress>())
  const frames = shallowReactive(new Map<string, LiveFrame>())
  const epochs = shallowReactive(new Map<string, readonly EpochMetrics[]>())
  const rings = new Map<string, Recent<EpochMetrics>>()
  const loaded = shallowRef(false)
  const notice = shallowRef<EventPayload<'library.notice'> | null>(null)

  /** Newest first. */
  const summaries = computed(() => [...byId.values()].sort(newestFirst))
  const running = computed(() => summaries.value.filter((run) => run.status === 'running'))
  const queued = computed(() => summaries.value.filter((run) => run.status === 'queued'))

  const take = (summary: RunSummary) => {
    byId.set(summary.runId, summary)
    if (!isUnfinished(summary)) progress.delete(summary.runId)
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

  /** Subscribes first, so that nothing that changes during the first listing is missed. */
  const connect = async () => {
    on('run.changed', ({ summary }) => take(summary))
    on('run.progress', (now) => progress.set(now.runId, now))
    on('run.epochs', ({ runId, metrics }) => takeEpochs(runId, metrics))
    on('run.frame', takeFrame)
    on('library.notice', (payload) => { notice.value = payload })
    const [listed, live] = await Promise.all([call('runs.list', {}), call('runs.live', {})])
    for (const summary of listed) if (!byId.has(summary.runId)) take(summary)
    for (const run of live) takeLive(run)
    loaded.value = true
  }

  const takeLive = (run: CallOutput<'runs.live'>[number]) => {
    if (!progress.has(run.progress.runId)) progress.set(run.progress.runId, run.progress)
    if (run.frame && !frames.has(run.frame.runId)) takeFrame(run.frame)
  }

  return {
    byId, summaries, running, queued, progress, frames, epochs, loaded, notice, connect,
    start: (spec: unknown) => call('runs.start', { spec }),
    stop: (runId: string) => call('runs.stop', { runId }),
    detail: (runId: string) => call('runs.get', { runId }),
    array: (runId: string, epoch: number, kind: string, name: string) => call('runs.array', { runId, epoch, kind, name }),
    // A reactive list cannot cross the bridge: a plain copy does.
    exportRuns: (runIds: string[], format: 'csv' | 'json') => call('runs.export', { runIds: [...runIds], format }),
  }
})

const newestFirst = (a: RunSummary, b: RunSummary) =>
  a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.runId < b.runId ? 1 : -1

function forgetOldest(map: Map<string, unknown>): void {
  for (const key of map.keys()) {
    if (map.size <= LIVE_KEPT) return
    map.delete(key)
  }
}
