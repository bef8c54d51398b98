import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { on } from '../bridge/bridge.ts'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'

/** Number of runs that the banner names. */
export const NAMED = 20
/** Number of dismissed runs that are remembered, the newest ones. */
const SEEN_KEPT = 1000

/** Interrupted runs, and whether their banner is shown. */
export const useInterrupted = defineStore('interrupted', () => {
  const runs = useRuns()
  const settings = useSettings()

  /** Newest first. */
  const runIds = shallowRef<readonly string[]>([])
  const read = async () => { runIds.value = await runs.find('status = interrupted', 'library') }
  runs.use(() => runIds.value.slice(0, NAMED))
  /** The first of them. */
  const named = computed(() => runIds.value.slice(0, NAMED).flatMap((runId) => runs.byId.get(runId) ?? []))

  // A run is interrupted when a program ends, and no longer when it is resumed or moved.
  watch(() => runs.listings, () => void read().catch(() => undefined))
  on('run.changed', ({ summary }) => {
    const isInterrupted = summary.status === 'interrupted' && summary.shelf === 'library'
    if (isInterrupted !== runIds.value.includes(summary.runId)) void read().catch(() => undefined)
  })
  on('run.removed', ({ runIds: removed }) => {
    const gone = new Set(removed)
    if (runIds.value.some((runId) => gone.has(runId))) runIds.value = runIds.value.filter((runId) => !gone.has(runId))
  })
  const dismissed = computed(() => new Set(settings.interruptedSeen))
  const isShown = computed(() => runIds.value.some((runId) => !dismissed.value.has(runId)))
  const dismiss = () => { settings.interruptedSeen = runIds.value.slice(0, SEEN_KEPT) }

  /** Resume every interrupted run, oldest first. @returns how many were resumed, and why the others failed */
  const resumeAll = async (): Promise<{ resumed: number; failures: string[] }> => {
    const failures: string[] = []
    const oldestFirst = [...runIds.value].reverse()
    for (const runId of oldestFirst) await runs.resume(runId).catch((error: Error) => { failures.push(error.message) })
    return { resumed: oldestFirst.length - failures.length, failures }
  }

  // A run that is interrupted again after a resume is news.
  watch(() => (runs.loaded ? runIds.value : null), (now) => {
    const left = settings.interruptedSeen.filter((runId) => now?.includes(runId) ?? true)
    if (left.length < settings.interruptedSeen.length) settings.interruptedSeen = left
  }, { immediate: true })

  return { named, runIds, isShown, dismiss, resumeAll }
})
