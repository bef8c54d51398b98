import { computed, ref, shallowRef } from 'vue'
import type { RowRange } from '../../components/virtual-rows.ts'

interface Keyed { key: string }

/** Row selection of a list by click, Shift, Ctrl and arrow keys. The cursor is the row with the keyboard focus. */
export function useRowSelection<Row extends Keyed>(rows: () => readonly Row[]) {
  const picked = shallowRef<ReadonlySet<string>>(new Set())
  const at = shallowRef<{ key: string; index: number } | null>(null)
  const anchor = ref<string | null>(null)

  const indexOf = (key: string | null) => (key === null ? -1 : rows().findIndex((row) => row.key === key))
  /** Index of the cursor. If its row is gone: the row now at that index, otherwise the last row. -1 without a cursor. */
  const cursor = computed(() => {
    const all = rows()
    if (at.value === null || all.length === 0) return -1
    const index = indexOf(at.value.key)
    return index >= 0 ? index : Math.min(at.value.index, all.length - 1)
  })
  /** Selected rows in list order. If all of them are gone, the row of the cursor. */
  const selected = computed(() => {
    const here = rows().filter(({ key }) => picked.value.has(key))
    return here.length > 0 || cursor.value < 0 ? here : [rows()[cursor.value]!]
  })
  const keys = computed(() => new Set(selected.value.map(({ key }) => key)))

  const inSight = shallowRef<RowRange>({ from: 0, to: Infinity })
  /** Tell which rows of the list are in sight. */
  const see = (range: RowRange) => { inSight.value = range }
  /** Indices of the selected rows that are scrolled out of sight. */
  const outOfSight = computed(() => rows().flatMap(({ key }, index) =>
    (keys.value.has(key) && (index < inSight.value.from || index >= inSight.value.to) ? [index] : [])))

  const moveCursor = (index: number) => {
    const row = rows()[index]
    if (row) at.value = { key: row.key, index }
  }
  const select = (index: number) => {
    const row = rows()[index]
    if (!row) return
    moveCursor(index)
    anchor.value = row.key
    picked.value = new Set([row.key])
  }
  /** Ctrl: add or remove one row. */
  const toggle = (index: number) => {
    const row = rows()[index]
    if (!row) return
    const next = new Set(keys.value)
    if (!next.delete(row.key)) next.add(row.key)
    moveCursor(index)
    anchor.value = row.key
    picked.value = next
  }
  /** Shift: select all rows from the anchor to this row. */
  const extend = (index: number) => {
    const from = indexOf(anchor.value)
    if (from < 0) return select(index)
    moveCursor(index)
    picked.value = new Set(rows().slice(Math.min(from, index), Math.max(from, index) + 1).map(({ key }) => key))
  }
  const selectAll = () => { picked.value = new Set(rows().map(({ key }) => key)) }

  /** Go to a row, or to the first or last row if the index is out of range. @returns the index of the row */
  const goTo = (index: number, doExtend: boolean) => {
    const target = Math.max(0, Math.min(rows().length - 1, index))
    if (doExtend) extend(target)
    else select(target)
    return target
  }

  return { cursor, selected, keys, see, outOfSight, select, toggle, extend, selectAll, goTo }
}
