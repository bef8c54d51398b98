import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'

/** Number of dismissed runs that are remembered, the newest ones. */
const SEEN_KEPT = 1000

/** Interrupted runs, and whether their banner is shown. */
export const useInterrupted = defineStore('interrupted', () => {
  const runs = useRuns()
  const settings = useSettings()

  const interrupted = computed(() => runs.summaries.filter(({ status, shelf }) => status === 'interrupted' && shelf === 'library'))
  const runIds = computed(() => interrupted.value.map(({ runId }) => runId))
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

  return { runs: interrupted, runIds, isShown, dismiss, resumeAll }
})
