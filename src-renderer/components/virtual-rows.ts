import { computed, onMounted, onUnmounted, ref, type Ref, shallowRef, watch } from 'vue'

/** Rows rendered above and below the visible ones. */
const OVERSCAN = 6

/** Rows that are drawn within one frame, so that a screen of new rows does not make the window wait. */
const PER_FRAME = 12

/** Rows [from, to). */
export interface RowRange { from: number; to: number }

/** Rows that are made when they are looked at. */
export interface SparseRows<Row> {
  readonly length: number
  slice(from: number, to: number): readonly Row[]
}

/** A row in its place. */
export interface PlacedRow<Row> {
  index: number
  row: Row
}

/** What a component may ask of its table. */
export interface TableHandle {
  focus(): void
  reveal(index: number): void
  /** Left edge and bottom of a row in the window, px. */
  cornerOf(index: number): { x: number; y: number }
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
  const sight = computed(() => (height.value > 0 ? visibleRows(scrolled.value, height.value, row, count()) : { from: 0, to: 0 }))
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

/**
 * Let what is drawn catch up with the rows in sight, a few per frame, those in the middle first. A row element that comes later shows what
 * it showed until then.
 * @param elements number of row elements; each is that of the row this far down, too
 */
export function useDrawnRows<Row>(wanted: () => readonly PlacedRow<Row>[], elements: () => number) {
  const drawn = shallowRef<readonly PlacedRow<Row>[]>([])
  const isBehind = ref(false)
  let frame = 0
  const catchUp = () => {
    drawn.value = closer(drawn.value, wanted(), elements(), PER_FRAME)
    isBehind.value = !isSame(drawn.value, wanted())
    if (isBehind.value) frame = requestAnimationFrame(catchUp)
  }
  watch(wanted, () => {
    cancelAnimationFrame(frame)
    // The first rows come in a frame after that of the screen around them.
    if (drawn.value.length > 0) return catchUp()
    isBehind.value = wanted().length > 0
    frame = requestAnimationFrame(catchUp)
  }, { immediate: true })
  onUnmounted(() => cancelAnimationFrame(frame))
  return { drawn, isBehind }
}

const isOf = <Row>(a: PlacedRow<Row> | undefined, b: PlacedRow<Row>) => a?.index === b.index && a.row === b.row
const isSame = <Row>(a: readonly PlacedRow<Row>[], b: readonly PlacedRow<Row>[]) =>
  a.length === b.length && b.every((row, index) => isOf(a[index], row))

/** The wanted rows, but at most `most` that are not drawn yet. In place of the others is what their elements show. */
export function closer<Row>(
  drawn: readonly PlacedRow<Row>[], wanted: readonly PlacedRow<Row>[], elements: number, most: number,
): PlacedRow<Row>[] {
  const shown = new Map(drawn.map((row) => [row.index % elements, row]))
  const isNew = (row: PlacedRow<Row>) => !isOf(shown.get(row.index % elements), row)
  const due = new Set([...wanted.slice(OVERSCAN), ...wanted.slice(0, OVERSCAN)].filter(isNew).slice(0, most))
  const last = wanted.at(-1)?.index ?? -1
  return wanted.flatMap((row) => {
    if (due.has(row) || !isNew(row)) return [row]
    const before = shown.get(row.index % elements)
    return before === undefined || before.index > last ? [] : [before]
  })
}
