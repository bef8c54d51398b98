import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import type { Shelf } from '../bridge/bridge.ts'
import { keep, readKept } from './kept.ts'

export const screens = ['library', 'design', 'queue', 'run', 'compare', 'settings'] as const
export type Screen = typeof screens[number]

/** How the draft is written: as a form, as text, or as the base of a sweep. */
export const designViews = ['form', 'json', 'sweep'] as const
export type DesignView = typeof designViews[number]

/** Two are a comparison; more than twenty is a picture nobody can read. */
export const COMPARE_FROM = 2
export const COMPARE_TO = 20

const placeSchema = z.strictObject({
  screen: z.enum(screens),
  runId: z.string().nullable(),
  ticked: z.array(z.string()),
})

/** Which screen is shown, which run is open, which are ticked for Compare, in the order of ticking. */
export const useNavigation = defineStore('navigation', () => {
  const kept = readKept('place', placeSchema)
  const screen = ref<Screen>(kept?.screen ?? 'library')
  const runId = ref<string | null>(kept?.runId ?? null)
  const ticked = shallowRef<readonly string[]>(kept?.ticked ?? [])
  /** Which shelf the Library screen shows; every window begins at the library itself. */
  const shelf = ref<Shelf>('library')
  /** What the Library screen's list is filtered by. */
  const filter = ref('')
  const designView = ref<DesignView>('form')
  /** The sweep whose results the Queue screen shows; null where it shows the queue. */
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
  /** Adds those that are not ticked yet. */
  const tick = (ids: readonly string[]) => { ticked.value = [...new Set([...ticked.value, ...ids])] }
  const untick = (ids: readonly string[]) => {
    const gone = new Set(ids)
    ticked.value = ticked.value.filter((id) => !gone.has(id))
  }
  const untickAll = () => { ticked.value = [] }
  const canCompare = () => ticked.value.length >= COMPARE_FROM && ticked.value.length <= COMPARE_TO
  const compare = () => { if (canCompare()) screen.value = 'compare' }

  /** Drops places of runs that the library does not hold. */
  const forgetMissing = (held: { has(runId: string): boolean }) => {
    if (!ticked.value.every((id) => held.has(id))) ticked.value = ticked.value.filter((id) => held.has(id))
    if (runId.value !== null && !held.has(runId.value)) runId.value = null
  }

  watch([screen, runId, ticked], () => {
    keep('place', { screen: screen.value, runId: runId.value, ticked: ticked.value })
  })

  return {
    screen, runId, ticked, shelf, filter, designView, sweepId,
    go, openRun, openSweep, isTicked, toggle, tick, untick, untickAll, canCompare, compare, forgetMissing,
  }
})
