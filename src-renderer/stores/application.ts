import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call } from '../bridge/bridge.ts'
import type { CallOutput } from '../bridge/bridge.ts'

/** Versions, the library's file and its size. */
export const useApplication = defineStore('application', () => {
  const info = shallowRef<CallOutput<'app.info'> | null>(null)
  const refresh = async () => { info.value = await call('app.info', {}) }
  return { info, refresh }
})
