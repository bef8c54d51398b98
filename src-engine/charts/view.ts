import type { Mark, Panel } from '../figure/figure.ts'
import type { Chart } from './chart.ts'

/** What the screen shows of a chart. */
export interface View {
  /** Part of the x axis; null for all of it. */
  window: Window | null
  /** Entries of the key that are hidden. */
  hidden: readonly string[]
}

interface Window {
  from: number
  to: number
}

/** A chart as a panel of a figure, with what the screen shows of it. @param aspect height of the plot over its width */
export function panelOf({ title, plot, key, keyPlace = 'above', notes }: Chart, { window, hidden }: View, aspect: number): Panel {
  const isShown = (entry: string | undefined) => entry === undefined || !hidden.includes(entry)
  const marks = plot.marks.filter((mark) => !('entry' in mark) || isShown(mark.entry))
  return {
    title,
    plots: [{ ...plot, x: { ...plot.x, ...window }, marks: window === null ? marks : marks.map((mark) => within(mark, window)) }],
    columns: 1,
    aspect,
    key: key.filter(({ text }) => isShown(text)),
    keyPlace,
    notes,
  }
}

/** The part of a mark inside a window, so that the y axis follows from what is shown. */
function within(mark: Mark, { from, to }: Window): Mark {
  const isInside = (x: number) => x >= from && x <= to
  switch (mark.kind) {
    case 'line': case 'raster': {
      const kept = indicesOf(mark.x, isInside)
      return { ...mark, x: picked(mark.x, kept), y: picked(mark.y, kept) }
    }
    case 'band': {
      const kept = indicesOf(mark.x, isInside)
      return { ...mark, x: picked(mark.x, kept), low: picked(mark.low, kept), high: picked(mark.high, kept) }
    }
    case 'density': {
      const kept = indicesOf(mark.x, isInside)
      return { ...mark, x: picked(mark.x, kept), height: picked(mark.height, kept) }
    }
    case 'points': {
      const kept = indicesOf(mark.x, isInside)
      const labels = mark.labels && { labels: picked(mark.labels, kept) }
      return { ...mark, x: picked(mark.x, kept), y: picked(mark.y, kept), ...labels }
    }
    case 'bars': {
      const kept = indicesOf(mark.values, (_, bar) => isInside(mark.edges[bar]!) || isInside(mark.edges[bar + 1]!))
      const edges = [...kept, ...kept.slice(-1).map((bar) => bar + 1)]
      return { ...mark, edges: picked(mark.edges, edges), values: picked(mark.values, kept) }
    }
    case 'rug': return mark.side === 'right' ? mark : { ...mark, at: picked(mark.at, indicesOf(mark.at, isInside)) }
    case 'intervals': case 'image': case 'rule': case 'bracket': case 'text': return mark
  }
}

const indicesOf = (values: ArrayLike<number>, isKept: (value: number, index: number) => boolean): number[] =>
  Array.from(values, (value, index) => (isKept(value, index) ? index : -1)).filter((index) => index >= 0)

const picked = <Item>(values: ArrayLike<Item>, indices: readonly number[]): Item[] => indices.map((index) => values[index]!)
