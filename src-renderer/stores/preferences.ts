import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../bridge/bridge.ts'
import type { CallInput, CallOutput } from '../bridge/bridge.ts'

/** Preferences that the main process keeps, because it needs them when the window closes. */
export const usePreferences = defineStore('preferences', () => {
  const current = shallowRef<CallOutput<'app.preferences'> | null>(null)
  const askBeforeQuit = computed(() => current.value?.askBeforeQuit ?? true)
  const refresh = async () => { current.value = await call('app.preferences', {}) }
  const change = async (some: CallInput<'app.prefer'>) => { current.value = await call('app.prefer', some) }
  return { askBeforeQuit, refresh, change }
})
