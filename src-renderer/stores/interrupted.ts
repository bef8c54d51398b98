import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'

/** Runs that were cut off, and whether that is said. */
export const useInterrupted = defineStore('interrupted', () => {
  const runs = useRuns()
  const settings = useSettings()

  const runIds = computed(() => runs.summaries
    .filter(({ status, shelf }) => status === 'interrupted' && shelf === 'library')
    .map(({ runId }) => runId))
  const isShown = computed(() => runIds.value.length > 0 && runIds.value.length !== settings.interruptedSeen)
  const dismiss = () => { settings.interruptedSeen = runIds.value.length }

  /** Each as far as it can; the reasons of those that could not. */
  const resumeAll = async (): Promise<{ resumed: number; failures: string[] }> => {
    const failures: string[] = []
    const asked = [...runIds.value].reverse()
    for (const runId of asked) await runs.resume(runId).catch((error: Error) => { failures.push(error.message) })
    return { resumed: asked.length - failures.length, failures }
  }

  // Another number is news again, the same number later on too.
  watch(() => (runs.loaded ? runIds.value.length : null), (count) => {
    if (count !== null && count !== settings.interruptedSeen) settings.interruptedSeen = 0
  }, { immediate: true })

  return { runIds, isShown, dismiss, resumeAll }
})
