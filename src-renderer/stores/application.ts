import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { call } from '../bridge/bridge.ts'
import type { CallOutput } from '../bridge/bridge.ts'

/** Why nothing can be written, in short; the whole reason is in the banner. */
const READ_ONLY = 'The library may only be read'

/** Versions, the kind of build, the library's file and whether it may be written. */
export const useApplication = defineStore('application', () => {
  const info = shallowRef<CallOutput<'app.info'> | null>(null)
  /** Why the library may only be read; null where it may be written. */
  const readOnly = computed(() => info.value?.readOnly ?? null)
  /** For commands that write. */
  const blocked = computed(() => (readOnly.value === null ? null : READ_ONLY))
  const refresh = async () => { info.value = await call('app.info', {}) }
  return { info, readOnly, blocked, refresh }
})
