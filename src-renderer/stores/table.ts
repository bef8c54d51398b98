import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { queryNameSchema } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'

/** Columns that need nothing but the summary of a run. */
export const ownColumns = ['status', 'outcome', 'name', 'scheme', 'seed', 'epochs', 'loss', 'rate', 'duration', 'created'] as const
export type OwnColumn = typeof ownColumns[number]
const own: ReadonlySet<string> = new Set(ownColumns)
export const isOwn = (name: string): name is OwnColumn => own.has(name)

/** Widths that a column can be given, px. */
export const [NARROWEST, WIDEST] = [40, 800]

const columnSchema = z.strictObject({
  /** A name of the query language. */
  name: queryNameSchema,
  /** As the user has set it, px; null for the width that fits. */
  width: z.number().min(NARROWEST).max(WIDEST).nullable(),
})
export type ChosenColumn = z.output<typeof columnSchema>

const savedSchema = z.strictObject({
  columns: z.array(columnSchema).min(1).max(60),
  groupBy: z.array(queryNameSchema).max(10),
  replicates: z.boolean().default(true),
})

const defaultColumns = ownColumns.map((name): ChosenColumn => ({ name, width: null }))

/** What the list of runs shows of each run or group of runs: columns by names of the query language. */
export const useTable = defineStore('table', () => {
  const saved = readLocal('table', savedSchema)
  const columns = shallowRef<readonly ChosenColumn[]>(saved?.columns ?? defaultColumns)
  /** One row for each combination of their values; a row per run if empty. */
  const groupBy = shallowRef<readonly string[]>(saved?.groupBy ?? [])
  /** Whether runs that differ only in seed, name and preset are one row, where the list is not grouped. */
  const replicates = ref(saved?.replicates ?? true)
  const names = computed(() => columns.value.map(({ name }) => name))
  const hasDefaultColumns = computed(() =>
    groupBy.value.length === 0 && JSON.stringify(columns.value) === JSON.stringify(defaultColumns))
  const isDefault = computed(() => replicates.value && hasDefaultColumns.value)
  /** Columns that need more than summaries. */
  const asked = computed(() => names.value.filter((name) => !isOwn(name)))

  /** Show these columns in this order. A column that stays keeps its width. */
  const choose = (next: readonly string[]) => {
    const before = new Map(columns.value.map((column) => [column.name, column]))
    columns.value = next.map((name) => before.get(name) ?? { name, width: null })
  }
  const resize = (name: string, width: number | null) => {
    const within = width === null ? null : Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
    columns.value = columns.value.map((column) => (column.name === name ? { name, width: within } : column))
  }

  watch([columns, groupBy, replicates], () => {
    saveLocal('table', { columns: columns.value, groupBy: groupBy.value, replicates: replicates.value })
  })

  return {
    columns, groupBy, replicates, names, hasDefaultColumns, isDefault, asked, choose, resize,
    reset: () => {
      columns.value = defaultColumns
      groupBy.value = []
      replicates.value = true
    },
  }
})
