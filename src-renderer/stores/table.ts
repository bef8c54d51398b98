import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import * as z from 'zod'
import { type Cell, call, MOST_ROWS, queryNameSchema, type RunGroupRow, type Shelf } from '../bridge/bridge.ts'
import { readLocal, saveLocal } from './local-storage.ts'
import type { Sort } from './settings.ts'

export type { Cell, RunGroupRow } from '../bridge/bridge.ts'

/** Columns that need nothing but the summary of a run. */
export const ownColumns = ['status', 'outcome', 'name', 'scheme', 'seed', 'epochs', 'loss', 'rate', 'duration', 'created'] as const
const own: ReadonlySet<string> = new Set(ownColumns)

/** Widths that a column can be given, px. */
export const [NARROWEST, WIDEST] = [40, 800]

const columnSchema = z.strictObject({
  /** A name of the query language. */
  name: queryNameSchema,
  /** As the user has set it, px; null for the width that fits. */
  width: z.number().min(NARROWEST).max(WIDEST).nullable(),
})
export type ChosenColumn = z.output<typeof columnSchema>

const savedSchema = z.strictObject({ columns: z.array(columnSchema).min(1).max(60), groupBy: z.array(queryNameSchema).max(10) })
/** Groups of runs as they were asked for: the names of their keys and of their cells. */
export interface Grouped {
  by: readonly string[]
  columns: readonly string[]
  groups: readonly RunGroupRow[]
}

interface Question {
  shelf: Shelf
  /** Filter of the groups. Values are read of all runs of the shelf. */
  query: string
  sort: Sort
}

const defaultColumns = ownColumns.map((name): ChosenColumn => ({ name, width: null }))

/** What the list of runs shows of each run or group of runs: columns by names of the query language. */
export const useTable = defineStore('table', () => {
  const saved = readLocal('table', savedSchema)
  const columns = shallowRef<readonly ChosenColumn[]>(saved?.columns ?? defaultColumns)
  /** One row for each combination of their values; a row per run if empty. */
  const groupBy = shallowRef<readonly string[]>(saved?.groupBy ?? [])
  const names = computed(() => columns.value.map(({ name }) => name))
  const isDefault = computed(() => groupBy.value.length === 0 && JSON.stringify(columns.value) === JSON.stringify(defaultColumns))
  /** Columns whose values the library is asked for. */
  const asked = computed(() => names.value.filter((name) => !own.has(name)))
  /** Values by run, in the order of `answered`. */
  const values = shallowRef<ReadonlyMap<string, readonly Cell[]>>(new Map())
  const answered = shallowRef<readonly string[]>([])
  /** Null if the list is not grouped, or until the groups are read. */
  const grouped = shallowRef<Grouped | null>(null)
  /** Why the values could not be read; null if they could. */
  const failure = ref<string | null>(null)

  /** The value of a column that was asked for; undefined until it is there. */
  const cellOf = (runId: string, name: string): Cell | undefined => values.value.get(runId)?.[answered.value.indexOf(name)]

  let latest = 0
  /** Read the values of the chosen columns, and the groups. An answer that comes after a newer question is dropped. */
  const refresh = async ({ shelf, query, sort }: Question) => {
    const question = ++latest
    const wanted = asked.value
    const page = { shelf, offset: 0, limit: MOST_ROWS }
    const order = [{ name: sort.column, descending: sort.descending }]
    const grouping = { ...page, query, columns: names.value, groupBy: [...groupBy.value], sort: order }
    try {
      const [ofRuns, ofGroups] = await Promise.all([
        wanted.length === 0 ? null : call('runs.query', { ...page, query: '', columns: wanted, sort: [], groupBy: [] }),
        groupBy.value.length === 0 ? null : call('runs.query', grouping),
      ])
      if (question !== latest) return
      if (ofRuns?.ok) {
        values.value = new Map(ofRuns.rows.map(({ runId, cells }) => [runId, cells]))
        answered.value = wanted
      }
      // A query that is wrong does not filter.
      if (ofGroups === null) grouped.value = null
      else if (ofGroups.ok) grouped.value = { by: grouping.groupBy, columns: grouping.columns, groups: ofGroups.groups }
      failure.value = null
    } catch (error) {
      failure.value = (error as Error).message
    }
  }

  /** Show these columns in this order. A column that stays keeps its width. */
  const choose = (next: readonly string[]) => {
    const before = new Map(columns.value.map((column) => [column.name, column]))
    columns.value = next.map((name) => before.get(name) ?? { name, width: null })
  }
  const resize = (name: string, width: number | null) => {
    const within = width === null ? null : Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
    columns.value = columns.value.map((column) => (column.name === name ? { name, width: within } : column))
  }

  watch([columns, groupBy], () => { saveLocal('table', { columns: columns.value, groupBy: groupBy.value }) })

  return {
    columns, groupBy, grouped, names, isDefault, asked, failure, values, answered, cellOf, refresh, choose, resize,
    reset: () => {
      columns.value = defaultColumns
      groupBy.value = []
    },
  }
})
