import { computed, onMounted, onUnmounted, ref, type Ref } from 'vue'

/** Rows rendered above and below the visible ones. */
const OVERSCAN = 6

/** Rows [from, to). */
export interface RowRange { from: number; to: number }

/** Rows that are made when they are looked at. */
export interface SparseRows<Row> {
  readonly length: number
  slice(from: number, to: number): readonly Row[]
}

/** What a component may ask of its table. */
export interface TableHandle {
  focus(): void
  reveal(index: number): void
  scrollToTop(): void
  /** Rows that a page key moves by. */
  page(): number
}

/** Rows of which at least half is visible, given their common height (px). */
export function rowsInSight(scrolled: number, height: number, row: number, count: number): RowRange {
  const from = Math.max(0, Math.round(scrolled / row))
  return { from, to: Math.max(from, Math.min(count, Math.round((scrolled + height) / row))) }
}

/** Range [from, to) of rows to render, given their common height (px). */
export function visibleRows(scrolled: number, height: number, row: number, count: number): RowRange {
  const from = Math.max(0, Math.floor(scrolled / row) - OVERSCAN)
  const to = Math.min(count, Math.ceil((scrolled + height) / row) + OVERSCAN)
  return { from: Math.min(from, to), to }
}

/**
 * Track the scroll position of a box, so that only its visible rows are rendered.
 * @param head height of a head that stays above the rows (px)
 */
export function useVirtualRows(box: Ref<HTMLElement | null>, row: number, count: () => number, head: number) {
  const scrolled = ref(0)
  const height = ref(0)
  const sight = computed(() => visibleRows(scrolled.value, height.value, row, count()))
  const inSight = computed(() => rowsInSight(scrolled.value, height.value, row, count()))
  const onScroll = () => { scrolled.value = box.value?.scrollTop ?? 0 }
  const observer = new ResizeObserver(([entry]) => { height.value = entry!.contentRect.height - head })

  /** Scroll a row into view, no further than needed. */
  const reveal = (index: number) => {
    const top = index * row
    if (!box.value) return
    const { scrollTop, clientHeight } = box.value
    const visible = clientHeight - head
    if (top < scrollTop) box.value.scrollTop = top
    else if (top + row > scrollTop + visible) box.value.scrollTop = top + row - visible
    // The event of the scroll comes a frame later.
    onScroll()
  }

  onMounted(() => { if (box.value) observer.observe(box.value) })
  onUnmounted(() => observer.disconnect())
  return { sight, inSight, onScroll, reveal }
}
