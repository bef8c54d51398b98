import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import type { Shelf } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'

export const screens = ['library', 'design', 'queue', 'run', 'compare', 'figures', 'settings'] as const
export type Screen = typeof screens[number]

/** How the draft is edited: as a form, as JSON, or as the base of a sweep. */
export const designViews = ['form', 'json', 'sweep'] as const
export type DesignView = typeof designViews[number]

/** How many runs can be compared. */
export const COMPARE_MIN = 2
export const COMPARE_MAX = 200

const placeSchema = z.strictObject({
  screen: z.enum(screens),
  runId: z.string().nullable(),
  ticked: z.array(z.string()),
})

/** The open screen, the open run, and the runs ticked for Compare in the order of ticking. */
export const useNavigation = defineStore('navigation', () => {
  const saved = readLocal('place', placeSchema)
  const screen = ref<Screen>(saved?.screen ?? 'library')
  const runId = ref<string | null>(saved?.runId ?? null)
  const ticked = shallowRef<readonly string[]>(saved?.ticked ?? [])
  /** The shelf that the Library screen shows. Every window starts with the library. */
  const shelf = ref<Shelf>('library')
  /** Filter of the list on the Library screen. */
  const filter = ref('')
  const designView = ref<DesignView>('form')
  /** The sweep whose results the Queue screen shows; null if it shows the queue. */
  const sweepId = ref<string | null>(null)

  const go = (to: Screen) => {
    screen.value = to
    sweepId.value = null
  }
  const openSweep = (id: string) => {
    screen.value = 'queue'
    sweepId.value = id
  }
  const openRun = (id: string) => {
    runId.value = id
    screen.value = 'run'
  }
  const isTicked = (id: string) => ticked.value.includes(id)
  const toggle = (id: string) => {
    ticked.value = isTicked(id) ? ticked.value.filter((other) => other !== id) : [...ticked.value, id]
  }
  /** Tick these runs as well. */
  const tick = (ids: readonly string[]) => { ticked.value = [...new Set([...ticked.value, ...ids])] }
  const untick = (ids: readonly string[]) => {
    const gone = new Set(ids)
    ticked.value = ticked.value.filter((id) => !gone.has(id))
  }
  const untickAll = () => { ticked.value = [] }
  const canCompare = () => ticked.value.length >= COMPARE_MIN && ticked.value.length <= COMPARE_MAX
  const compare = () => { if (canCompare()) screen.value = 'compare' }

  /** Forget runs that are no longer in the library. */
  const forgetMissing = (existing: { has(runId: string): boolean }) => {
    if (!ticked.value.every((id) => existing.has(id))) ticked.value = ticked.value.filter((id) => existing.has(id))
    if (runId.value !== null && !existing.has(runId.value)) runId.value = null
  }

  watch([screen, runId, ticked], () => {
    saveLocal('place', { screen: screen.value, runId: runId.value, ticked: ticked.value })
  })

  return {
    screen, runId, ticked, shelf, filter, designView, sweepId,
    go, openRun, openSweep, isTicked, toggle, tick, untick, untickAll, canCompare, compare, forgetMissing,
  }
})
