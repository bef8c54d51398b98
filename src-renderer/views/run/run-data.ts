import { storeToRefs } from 'pinia'
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type SequenceRecord, snapshotEpochs, storedRecord } from '../../../src-engine/analysis/stored-record.ts'
import { throttled } from '../../charts/throttle.ts'
import { joinedEpochs } from '../../stores/live-summary.ts'
import { isUnfinished, readableRun, type StoredRun, useRuns } from '../../stores/runs.ts'
import { LIVE, useSnapshotChoice } from '../../stores/snapshot-choice.ts'
import { frameRecord } from './frame-record.ts'

/** Shortest time between reloads of the snapshot list, ms. A fast run may save snapshots more often. */
const RELOAD_INTERVAL = 2000

/**
 * Data of the Run screen: from events while the run is live, from the library afterwards.
 * @param isShown whether the data of a snapshot is shown; it is not read otherwise
 */
export function useRunData(runId: string, isShown: () => boolean) {
  const runs = useRuns()
  const detail = shallowRef<StoredRun | null>(null)
  const failure = ref<string | null>(null)
  const { epoch: shownEpoch } = storeToRefs(useSnapshotChoice())
  const pattern = ref(0)
  const stored = shallowRef<SequenceRecord | null>(null)
  let open = true

  runs.use(() => [runId])
  const summary = computed(() => runs.byId.get(runId) ?? detail.value?.summary ?? null)
  const isLive = computed(() => summary.value !== null && isUnfinished(summary.value))
  const epochs = computed(() => joinedEpochs(detail.value?.epochs ?? [], runs.epochs.get(runId) ?? []))
  const snapshots = computed(() => snapshotEpochs(detail.value?.arrays ?? []))
  const frame = computed(() => runs.frames.get(runId) ?? null)
  const progress = computed(() => runs.progress.get(runId) ?? null)
  const record = computed(() => (shownEpoch.value === LIVE ? frame.value && frameRecord(frame.value) : stored.value))

  /** Whether a choice no longer exists: a finished run has no live data, and a better snapshot may have replaced another. */
  const isGone = (at: typeof LIVE | number) => (at === LIVE ? !isLive.value : !snapshots.value.includes(at))

  const load = async () => {
    const loaded = await runs.detail(runId)
    if (!open) return
    detail.value = loaded
    showExisting()
  }
  const showExisting = () => { if (isGone(shownEpoch.value)) shownEpoch.value = snapshots.value.at(-1) ?? LIVE }
  // An address may name any epoch.
  watch(shownEpoch, () => { if (detail.value !== null) showExisting() }, { flush: 'sync' })

  const loadRecord = async () => {
    const at = shownEpoch.value
    const which = pattern.value
    if (at === LIVE || detail.value === null || !isShown()) return
    const { arrays } = detail.value
    const loaded = await storedRecord(arrays, at, which, readableRun(detail.value)?.spec ?? null, (info) =>
      runs.array(runId, info.epoch, info.kind, info.name))
    if (open && shownEpoch.value === at && pattern.value === which) stored.value = loaded
  }

  const attempt = (act: () => Promise<void>) => act().then(() => { failure.value = null }, (error: unknown) => {
    failure.value = error instanceof Error ? error.message : String(error)
  })

  watch(isLive, () => attempt(load), { immediate: true })
  const reload = throttled(() => void attempt(load), RELOAD_INTERVAL)
  watch([() => runs.snapshotCounts.get(runId), () => runs.listings], reload.request)
  // After a resume, the screen returns to live data with the first frame.
  let isResumed = false
  watch(() => summary.value?.status, (status) => { isResumed = status === 'running' })
  watch(frame, () => {
    if (isResumed) shownEpoch.value = LIVE
    isResumed = false
  })
  watch([shownEpoch, pattern, detail, isShown], () => attempt(loadRecord))
  onScopeDispose(() => {
    open = false
    reload.cancel()
  })

  return { summary, detail, epochs, snapshots, shownEpoch, pattern, record, frame, progress, isLive, failure, attempt }
}
