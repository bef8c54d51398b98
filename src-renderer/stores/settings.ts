import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import * as z from 'zod'
import { keep, readKept } from './kept.ts'

const themes = ['light', 'dark', 'system'] as const
export type Theme = typeof themes[number]

const settingsSchema = z.strictObject({
  theme: z.enum(themes),
  inspector: z.boolean(),
  /** Sizes of split panes by their name, px. */
  panes: z.record(z.string().max(40), z.number().min(0).max(10_000)),
})

/** How this window looks: theme, inspector, places of splitters. */
export const useSettings = defineStore('settings', () => {
  const kept = readKept('settings', settingsSchema)
  const theme = ref<Theme>(kept?.theme ?? 'system')
  const inspector = ref(kept?.inspector ?? true)
  const panes = ref<Record<string, number>>(kept?.panes ?? {})

  const systemIsDark = ref(false)
  const isDark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemIsDark.value))

  /** Follows the system's theme for as long as the window lives. */
  const followSystem = () => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    systemIsDark.value = query.matches
    query.addEventListener('change', () => { systemIsDark.value = query.matches })
  }

  const paneSize = (name: string, start: number) => panes.value[name] ?? start
  const keepPaneSize = (name: string, size: number) => { panes.value = { ...panes.value, [name]: Math.round(size) } }

  watch([theme, inspector, panes], () => {
    keep('settings', { theme: theme.value, inspector: inspector.value, panes: panes.value })
  })

  return { theme, inspector, isDark, followSystem, paneSize, keepPaneSize }
})
