import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import * as z from 'zod'
import { call, queryNameSchema } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'

const themes = ['light', 'dark', 'system'] as const
export type Theme = typeof themes[number]

export interface Sort {
  /** A name of the query language. */
  column: string
  descending: boolean
}
const newestFirst: Sort = { column: 'created', descending: true }

/** Zoom factors, the same as in browsers. */
export const zooms = [0.5, 0.67, 0.75, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const
const DEFAULT_ZOOM = 1

/** The next larger or smaller zoom factor; the largest and smallest stay as they are. */
export function zoomedBy(zoom: number, by: 1 | -1): number {
  const next = by > 0 ? zooms.find((one) => one > zoom) : zooms.findLast((one) => one < zoom)
  return next ?? zoom
}

const tourStates = ['new', 'offered', 'answered'] as const

/** Charts that the Run screen shows by default. */
export const defaultCharts = ['loss', 'output', 'sets', 'raster', 'histogram', 'rates']

/** Version 0.1.0 called the column of the loss 'mse'. */
const sortColumnName = (name: unknown) => (name === 'mse' ? 'loss' : name)

// Settings added after the first version have a `catch`, so that a value from another version does not discard the rest.
const settingsSchema = z.strictObject({
  theme: z.enum(themes),
  inspector: z.boolean(),
  /** Whether the Design screen shows previews beside its form. */
  previews: z.boolean().catch(true),
  /** Sizes of split panes by name, px. */
  panes: z.record(z.string().max(40), z.number().min(0).max(10_000)),
  /** Order of the list of runs. */
  sort: z.strictObject({ column: z.preprocess(sortColumnName, queryNameSchema), descending: z.boolean() }).catch(newestFirst),
  /** Ids of the interrupted runs whose banner was dismissed. */
  interruptedSeen: z.array(z.string().max(40)).max(1000).catch([]),
  /** Charts shown on the Run screen. */
  charts: z.array(z.string().max(40)).max(40).catch(defaultCharts),
  lossScale: z.enum(['log', 'linear']).catch('log'),
  zoom: z.number().min(zooms[0]).max(2).catch(DEFAULT_ZOOM),
  /** The tour is offered at the first start, until the user takes or declines it. */
  tour: z.enum(tourStates).catch('new'),
})

/** Appearance of this window: theme, zoom, inspector, pane sizes, sort order. */
export const useSettings = defineStore('settings', () => {
  const saved = readLocal('settings', settingsSchema)
  const theme = ref<Theme>(saved?.theme ?? 'system')
  const inspector = ref(saved?.inspector ?? true)
  const previews = ref(saved?.previews ?? true)
  const charts = ref(saved?.charts ?? defaultCharts)
  const lossScale = ref<'log' | 'linear'>(saved?.lossScale ?? 'log')
  const panes = ref<Record<string, number>>(saved?.panes ?? {})
  const sort = ref<Sort>(saved?.sort ?? newestFirst)
  const interruptedSeen = ref<readonly string[]>(saved?.interruptedSeen ?? [])
  const zoom = ref(saved?.zoom ?? DEFAULT_ZOOM)
  const tour = ref<typeof tourStates[number]>(saved?.tour ?? 'new')

  const systemIsDark = ref(false)
  const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value))

  /** Follow the theme of the system until the window closes. */
  const followSystem = () => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    systemIsDark.value = query.matches
    query.addEventListener('change', () => { systemIsDark.value = query.matches })
  }

  /** Apply the zoom setting to the window, now and after every change. */
  const followZoom = () => { watch(zoom, (factor) => void call('window.zoom', { factor }).catch(console.error), { immediate: true }) }
  const zoomBy = (by: 1 | -1) => { zoom.value = zoomedBy(zoom.value, by) }
  const resetZoom = () => { zoom.value = DEFAULT_ZOOM }

  const toggleChart = (name: string) => {
    charts.value = charts.value.includes(name) ? charts.value.filter((other) => other !== name) : [...charts.value, name]
  }

  const paneSize = (name: string, fallback: number) => panes.value[name] ?? fallback
  const keepPaneSize = (name: string, size: number) => { panes.value = { ...panes.value, [name]: Math.round(size) } }

  watch([theme, inspector, previews, panes, sort, interruptedSeen, charts, lossScale, zoom, tour], () => {
    saveLocal('settings', {
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
