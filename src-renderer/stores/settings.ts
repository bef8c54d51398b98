import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import * as z from 'zod'
import { call } from '../bridge/bridge.ts'
import { keep, readKept } from './kept.ts'

const themes = ['light', 'dark', 'system'] as const
export type Theme = typeof themes[number]

export const sortColumns = ['status', 'name', 'scheme', 'seed', 'epochs', 'mse', 'rate', 'duration', 'created'] as const
export type SortColumn = typeof sortColumns[number]
export interface Sort {
  column: SortColumn
  descending: boolean
}
const newestFirst: Sort = { column: 'created', descending: true }

/** Steps of zoom, as browsers have them. */
export const zooms = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const
const USUAL_ZOOM = 1

/** The next larger or smaller step of zoom; the last one stays. */
export function zoomedBy(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? zooms.find((one) => one > zoom) : zooms.findLast((one) => one < zoom)
  return next ?? zoom
}

const tourStates = ['new', 'offered', 'answered'] as const

/** Shown on the Run screen until others are chosen. */
export const firstCharts = ['loss', 'output', 'sets', 'raster', 'histogram', 'rates']

// What came after the first version has a `catch`: what an older or a newer window kept must not cost the rest.
const settingsSchema = z.strictObject({
  theme: z.enum(themes),
  inspector: z.boolean(),
  /** Whether the Design screen shows previews beside its form. */
  previews: z.boolean().catch(true),
  /** Sizes of split panes by their name, px. */
  panes: z.record(z.string().max(40), z.number().min(0).max(10_000)),
  /** How the list of runs is sorted. */
  sort: z.strictObject({ column: z.enum(sortColumns), descending: z.boolean() }).catch(newestFirst),
  /** How many interrupted runs there were when their banner was put away; 0 where it was not. */
  interruptedSeen: z.int().min(0).catch(0),
  /** Charts that the Run screen shows. */
  charts: z.array(z.string().max(40)).max(40).catch(firstCharts),
  lossScale: z.enum(['log', 'linear']).catch('log'),
  zoom: z.number().min(zooms[0]).max(2).catch(USUAL_ZOOM),
  /** Offered at a first start, until it is taken or declined. */
  tour: z.enum(tourStates).catch('new'),
})

/** How this window looks: theme, zoom, inspector, places of splitters, order of the list. */
export const useSettings = defineStore('settings', () => {
  const kept = readKept('settings', settingsSchema)
  const theme = ref<Theme>(kept?.theme ?? 'system')
  const inspector = ref(kept?.inspector ?? true)
  const previews = ref(kept?.previews ?? true)
  const charts = ref(kept?.charts ?? firstCharts)
  const lossScale = ref<'log' | 'linear'>(kept?.lossScale ?? 'log')
  const panes = ref<Record<string, number>>(kept?.panes ?? {})
  const sort = ref<Sort>(kept?.sort ?? newestFirst)
  const interruptedSeen = ref(kept?.interruptedSeen ?? 0)
  const zoom = ref(kept?.zoom ?? USUAL_ZOOM)
  const tour = ref<typeof tourStates[number]>(kept?.tour ?? 'new')

  const systemIsDark = ref(false)
  const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value))

  /** Follows the system's theme for as long as the window lives. */
  const followSystem = () => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    systemIsDark.value = query.matches
    query.addEventListener('change', () => { systemIsDark.value = query.matches })
  }

  /** Zooms the window as it is set, now and whenever that changes. */
  const followZoom = () => { watch(zoom, (factor) => void call('window.zoom', { factor }).catch(console.error), { immediate: true }) }
  const zoomBy = (by: 1 | -1) => { zoom.value = zoomedBy(zoom.value, by) }
  const resetZoom = () => { zoom.value = USUAL_ZOOM }

  const toggleChart = (name: string) => {
    charts.value = charts.value.includes(name) ? charts.value.filter((other) => other !== name) : [...charts.value, name]
  }

  const paneSize = (name: string, start: number) => panes.value[name] ?? start
  const keepPaneSize = (name: string, size: number) => { panes.value = { ...panes.value, [name]: Math.round(size) } }

  watch([theme, inspector, previews, panes, sort, interruptedSeen, charts, lossScale, zoom, tour], () => {
    keep('settings', {
      theme: theme.value,
      inspector: inspector.value,
      previews: previews.value,
      panes: panes.value,
      sort: sort.value,
      interruptedSeen: interruptedSeen.value,
      charts: charts.value,
      lossScale: lossScale.value,
      zoom: zoom.value,
      tour: tour.value,
    })
  })

  return {
    theme, inspector, previews, sort, interruptedSeen, charts, lossScale, zoom, tour, isDark, toggleChart,
    followSystem, followZoom, zoomBy, resetZoom, paneSize, keepPaneSize,
  }
})
