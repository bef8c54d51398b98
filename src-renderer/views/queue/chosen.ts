import { computed, ref, shallowRef } from 'vue'

interface Keyed { key: string }

/** Which rows of a list are chosen: by click, by Shift and Ctrl, by the arrows. The cursor is where the keyboard is. */
export function useChosen<Row extends Keyed>(rows: () => readonly Row[]) {
  const picked = shallowRef<ReadonlySet<string>>(new Set())
  const at = shallowRef<{ key: string; index: number } | null>(null)
  const anchor = ref<string | null>(null)

  const indexOf = (key: string | null) => (key === null ? -1 : rows().findIndex((row) => row.key === key))
  /** The row of the cursor, else the one that has come to its place, else the last. */
  const cursor = computed(() => {
    const all = rows()
    if (at.value === null || all.length === 0) return -1
    const index = indexOf(at.value.key)
    return index >= 0 ? index : Math.min(at.value.index, all.length - 1)
  })
  /** In their order. Where all that were chosen have gone, it is the cursor's. */
  const chosen = computed(() => {
    const here = rows().filter(({ key }) => picked.value.has(key))
    return here.length > 0 || cursor.value < 0 ? here : [rows()[cursor.value]]
  })
  const keys = computed(() => new Set(chosen.value.map(({ key }) => key)))

  const stand = (index: number) => {
    const row = rows()[index]
    if (row) at.value = { key: row.key, index }
  }
  const choose = (index: number) => {
    const row = rows()[index]
    if (!row) return
    stand(index)
    anchor.value = row.key
    picked.value = new Set([row.key])
  }
  /** Ctrl: one more, or one less. */
  const toggle = (index: number) => {
    const row = rows()[index]
    if (!row) return
    const next = new Set(keys.value)
    if (!next.delete(row.key)) next.add(row.key)
    stand(index)
    anchor.value = row.key
    picked.value = next
  }
  /** Shift: everything between where it began and here. */
  const extend = (index: number) => {
    const from = indexOf(anchor.value)
    if (from < 0) return choose(index)
    stand(index)
    picked.value = new Set(rows().slice(Math.min(from, index), Math.max(from, index) + 1).map(({ key }) => key))
  }
  const chooseAll = () => { picked.value = new Set(rows().map(({ key }) => key)) }

  /** To that row or the nearest there is; its index. */
  const goTo = (index: number, doExtend: boolean) => {
    const target = Math.max(0, Math.min(rows().length - 1, index))
    if (doExtend) extend(target)
    else choose(target)
    return target
  }

  return { cursor, chosen, keys, choose, toggle, extend, chooseAll, goTo }
}
