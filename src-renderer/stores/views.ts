import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { call, on, type View } from '../bridge/bridge.ts'
import { addressOf, placeIn } from './address.ts'
import { presentPlace, showPlace } from './place.ts'

export type { View } from '../bridge/bridge.ts'
export { addressOf, placeIn } from './address.ts'

/** Views that the library keeps by name: what a screen shows, as an address. */
export const useViews = defineStore('views', () => {
  const kept = shallowRef<readonly View[]>([])

  const list = async () => { kept.value = (await call('views.list', {})).views }
  /** Read the kept views now and whenever another program has changed the library. */
  const connect = async () => {
    on('library.changed', () => void list().catch(() => undefined))
    await list()
  }
  /** @returns whether it was saved: another view is replaced only after a question */
  const save = async (name: string, address: string) => {
    const { saved } = await call('views.save', { name, address })
    await list()
    return saved
  }
  /** Delete a kept view if the user says so in the question that follows. @returns a function that restores it; null if it was not deleted */
  const remove = async ({ name, address }: View) => {
    const { deleted } = await call('views.delete', { name })
    if (!deleted) return null
    await list()
    return async () => { await save(name, address) }
  }

  return {
    kept, connect, save, remove,
    present: () => addressOf(presentPlace()),
    /** Show what an address says. @throws Error with a text for the user */
    open: async (address: string) => showPlace(placeIn(address)),
  }
})
