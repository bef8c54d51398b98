import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useRuns } from './runs.ts'
import { useSettings } from './settings.ts'

/** Interrupted runs, and whether their banner is shown. */
export const useInterrupted = defineStore('interrupted', () => {
  const runs = useRuns()
  const settings = useSettings()

  const runIds = computed(() => runs.summaries
    .filter(({ status, shelf }) => status === 'interrupted' && shelf === 'library')
    .map(({ runId }) => runId))
  const isShown = computed(() => runIds.value.length > 0 && runIds.value.length !== settings.interruptedSeen)
  const dismiss = () => { settings.interruptedSeen = runIds.value.length }

  /** Resume every interrupted run, oldest first. @returns how many were resumed, and why the others failed */
  const resumeAll = async (): Promise<{ resumed: number; failures: string[] }> => {
    const failures: string[] = []
    const oldestFirst = [...runIds.value].reverse()
    for (const runId of oldestFirst) await runs.resume(runId).catch((error: Error) => { failures.push(error.message) })
    return { resumed: oldestFirst.length - failures.length, failures }
  }

  // Show the banner again as soon as the number of interrupted runs changes, even if it changes back later.
  watch(() => (runs.loaded ? runIds.value.length : null), (count) => {
    if (count !== null && count !== settings.interruptedSeen) settings.interruptedSeen = 0
  }, { immediate: true })

  return { runIds, isShown, dismiss, resumeAll }
})
