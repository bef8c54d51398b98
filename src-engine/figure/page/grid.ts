import type { Panel, Plot } from '../figure.ts'
import { leastHeight, rowsHeight } from './axes.ts'
import { coveredBy } from './extents.ts'
import {
  type Gutters, guttersOf, labelsAboveOf, mostForLabels, type PlacedPlot, type Ranged, type Shown, titleLines,
} from './plot.ts'
import { LANE } from './rules.ts'
import type { PageStyle } from './style.ts'

export const ASPECT = 0.6
const MOST_ROUNDS = 12
/** Rounds in which space may also shrink. */
const FREE_ROUNDS = 4
/** Least width of axes over the size of the text. */
const NARROWEST = 6
/** Between plots beside each other. */
export const BESIDE = 14

export interface Grid {
  plots: PlacedPlot[]
  height: number
  /** Whether the labels leave too little of the width for the plots, even with one in each row. */
  isNarrow: boolean
}

/** The plots of a panel in rows and columns, all with axes of the same width. A narrow page has fewer columns. */
export function gridOf(
  panel: Panel, left: number, top: number, width: number, style: PageStyle, most = panel.columns,
): Grid {
  const columns = Math.max(1, Math.min(most, panel.plots.length))
  const all = panel.isShared ? coveredBy(panel.plots.flatMap(({ marks }) => marks)) : null
  const own = panel.plots.map((plot, index): Ranged => ({
    plot, covered: all ?? coveredBy(plot.marks), shown: shownAt(panel, index, columns), columns,
    rows: plot.y.scale === 'category' ? rowsHeight(plot.y, mostForLabels(style.width), style.font) : null,
  }))
  const rows = own.flatMap((_, first) => (first % columns === 0 ? [own.slice(first, first + columns)] : []))
  const heightIn = (row: readonly Ranged[], axes: number) => Math.max(...row.map((each) => heightOf(each, panel, axes, style)))
  const guttersFor = (axes: number) =>
    aligned(rows.flatMap((row) => row.map((each) => guttersOf(each, axes, heightIn(row, axes), style))), columns)
  const axesIn = (gutters: Gutters[]) => gutters.slice(0, columns)
    .reduce((rest, each) => rest - each.left - each.right, width - BESIDE * (columns - 1)) / columns
  const { gutters, axes } = settled(guttersFor, axesIn, width / columns)
  const isNarrow = axes < NARROWEST * style.font
  if (isNarrow && columns > 1) return gridOf(panel, left, top, width, style, columns - 1)
  const plots: PlacedPlot[] = []
  let y = top
  for (const [index, row] of rows.entries()) {
    const height = heightIn(row, axes)
    const lanes = Math.max(...row.map((each) => labelsAboveOf(each, axes, style).lanes))
    y += above(row, axes, style) + lanes * LANE * style.font
    let x = left
    const aroundRow = gutters.slice(index * columns)
    for (const [column, each] of row.entries()) {
      const around = aroundRow[column]!
      plots.push({ ...each, lanes, gutters: around, box: { left: x + around.left, top: y, width: axes, height } })
      x += around.left + axes + around.right + BESIDE
    }
    y += height + Math.max(...row.map((_, column) => aroundRow[column]!.bottom)) + 0.5 * style.font
  }
  return { plots, height: y - top, isNarrow }
}

/** The labels take some of the width, and the width decides the height and so the labels: repeated until both agree. */
function settled(
  guttersFor: (axes: number) => Gutters[], axesIn: (gutters: Gutters[]) => number, width: number,
): { gutters: Gutters[]; axes: number } {
  let axes = width
  let gutters = guttersFor(axes)
  for (let round = 0; round < MOST_ROUNDS && axesIn(gutters) !== axes; round++) {
    axes = axesIn(gutters)
    const next = guttersFor(axes)
    // If they do not agree, the labels have more space than they need.
    gutters = round < FREE_ROUNDS ? next : next.map((each, index) => larger(each, gutters[index]!))
  }
  return { gutters, axes: axesIn(gutters) }
}

const larger = (one: Gutters, other: Gutters): Gutters => ({
  left: Math.max(one.left, other.left), right: Math.max(one.right, other.right), bottom: Math.max(one.bottom, other.bottom),
})

/** The same gutters for all plots of a column. */
const aligned = (gutters: readonly Gutters[], columns: number): Gutters[] => gutters.map((each, index) => {
  const column = gutters.filter((_, other) => other % columns === index % columns)
  return { ...each, left: Math.max(...column.map(({ left }) => left)), right: Math.max(...column.map(({ right }) => right)) }
})

/** Space above a row, for titles. */
function above(row: readonly { plot: Plot }[], axes: number, style: PageStyle): number {
  const lines = Math.max(...row.map(({ plot }) => titleLines(plot, axes, style).length))
  const isHigh = lines > 0 || row.some(({ plot }) => plot.right?.scale === 'category')
  return ((isHigh ? 1.5 : 0.6) + Math.max(0, lines - 1) * LANE) * style.font
}

const heightOf = ({ plot: { y, right }, rows }: Ranged, { aspect = ASPECT }: Panel, axes: number, { font }: PageStyle) =>
  rows ?? Math.max(aspect * axes, leastHeight(y.name, font), leastHeight(right?.name ?? '', font))

const shownAt = ({ isShared = false, plots }: Panel, index: number, columns: number): Shown =>
  ({
    x: !isShared || index + columns >= plots.length,
    y: !isShared || index % columns === 0,
    right: !isShared || index % columns === columns - 1 || index === plots.length - 1,
  })
