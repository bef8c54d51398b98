import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { throttled } from '../../charts/throttle.ts'
import { type EpochMetrics, isUnfinished, type RunDetail, useRuns } from '../../stores/runs.ts'
import { frameRecord, type SequenceRecord, snapshotEpochs, storedRecord } from './record.ts'

export const LIVE = 'live'

/** However often a fast run keeps a snapshot, the list of them is read no oftener, ms. */
const REREAD = 2000

/** A run as its screen shows it: live from events while it runs, afterwards from what is stored. */
export function useRunData(runId: string) {
  const runs = useRuns()
  const detail = shallowRef<RunDetail | null>(null)
  const failure = ref<string | null>(null)
  /** LIVE or the epoch of a snapshot. */
  const shownEpoch = ref<typeof LIVE | number>(LIVE)
  const pattern = ref(0)
  const stored = shallowRef<SequenceRecord | null>(null)
  let open = true

  const summary = computed(() => runs.byId.get(runId) ?? detail.value?.summary ?? null)
  const isLive = computed(() => summary.value !== null && isUnfinished(summary.value))
  const epochs = computed(() => joined(detail.value?.epochs ?? [], runs.epochs.get(runId) ?? []))
  const snapshots = computed(() => snapshotEpochs(detail.value?.arrays ?? []))
  const frame = computed(() => runs.frames.get(runId) ?? null)
  const progress = computed(() => runs.progress.get(runId) ?? null)
  const record = computed(() => (shownEpoch.value === LIVE ? frame.value && frameRecord(frame.value) : stored.value))

  /** Nothing is newest of a run that rests, and a snapshot may have given its place to a better one. */
  const isLost = (at: typeof LIVE | number) => (at === LIVE ? !isLive.value : !snapshots.value.includes(at))

  const load = async () => {
    const loaded = await runs.detail(runId)
    if (!open) return
    detail.value = loaded
    if (isLost(shownEpoch.value)) shownEpoch.value = snapshots.value.at(-1) ?? LIVE
  }

  const loadRecord = async () => {
    const at = shownEpoch.value
    const which = pattern.value
    if (at === LIVE || detail.value === null) return
    const { arrays, spec } = detail.value
    const loaded = await storedRecord(arrays, at, which, spec, (info) =>
      runs.array(runId, info.epoch, info.kind, info.name))
    if (open && shownEpoch.value === at && pattern.value === which) stored.value = loaded
  }

  const attempt = (act: () => Promise<void>) => act().then(() => { failure.value = null }, (error: unknown) => {
    failure.value = error instanceof Error ? error.message : String(error)
  })

  watch(isLive, () => attempt(load), { immediate: true })
  const reread = throttled(() => void attempt(load), REREAD)
  watch([() => runs.kept.get(runId), () => runs.listings], reread.request)
  // A resumed run is watched again, once there is something to see.
  let isResumed = false
  watch(() => summary.value?.status, (status) => { isResumed = status === 'running' })
  watch(frame, () => {
    if (isResumed) shownEpoch.value = LIVE
    isResumed = false
  })
  watch([shownEpoch, pattern, detail], () => attempt(loadRecord))
  onScopeDispose(() => {
    open = false
    reread.cancel()
  })

  return { summary, detail, epochs, snapshots, shownEpoch, pattern, record, frame, progress, isLive, failure }
}

/** What the library held when the screen opened, and what was told since. */
function joined(held: readonly EpochMetrics[], told: readonly EpochMetrics[]): readonly EpochMetrics[] {
  if (told.length === 0) return held
  const last = held.at(-1)?.epoch ?? 0
  return [...held, ...told.filter(({ epoch }) => epoch > last)]
}
