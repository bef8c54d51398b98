import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../bridge/bridge.ts'
import type { CallOutput } from '../bridge/bridge.ts'
import { useSettings } from './settings.ts'

/** Short reason for disabled commands; the banner gives the full reason. */
const READ_ONLY = 'The library is read-only.'

/** Versions, kind of build, library file, and whether the library is writable. */
export const useApplication = defineStore('application', () => {
  const info = shallowRef<CallOutput<'app.info'> | null>(null)
  /** Why the library is read-only; null if it is writable. */
  const readOnly = computed(() => info.value?.readOnly ?? null)
  /** Reason to disable commands that write; null if the library is writable. */
  const blocked = computed(() => (readOnly.value === null ? null : READ_ONLY))
  const refresh = async () => { info.value = await call('app.info', {}) }
  /** Put versions, settings and the end of the log on the clipboard. */
  const copyDiagnostics = async () => {
    const { theme, zoom } = useSettings()
    await call('app.copyDiagnostics', { theme, zoom })
  }
  return { info, readOnly, blocked, refresh, copyDiagnostics }
})
