import type { EChartsOption, LegendComponentOption } from 'echarts'
import { fittedLabel } from '../../src-engine/format/labels.ts'
import { echarts } from './engine.ts'

/** Least width of an entry with its icon and gap, px. */
const LEAST_ENTRY = 200
/** Width of the arrows and the number of the page, px. It differs a little between fonts, so entries have a wide gap in which a page can end. */
const PAGER = 72
const PAGED_GAP = 40
/** Between an icon and its name, px. */
const ICON_GAP = 5
/** For fonts that are wider than the measured one. */
const RESERVE = 0.94

/** Legend of `baseOption`, whose places are numbers. */
interface Sized {
  left: number
  right: number
  itemWidth: number
  itemGap: number
  textStyle: { fontSize: number }
  data?: readonly (string | { name?: string })[]
}

/**
 * Legend of a figure on the screen. If not all entries fit into one row, they get equal widths, so that every page shows whole entries, and
 * shorter names, which differ from each other and are never cut in a number. Hover shows a whole name.
 * @param width of the figure, px
 */
export function screenLegend(legend: EChartsOption['legend'], width: number): LegendComponentOption {
  if ((legend as LegendComponentOption).show === false) return legend as LegendComponentOption
  const sized = legend as Sized
  const { left, right, itemWidth, itemGap, textStyle } = sized
  const names = (sized.data ?? []).map((entry) => (typeof entry === 'string' ? entry : entry.name ?? ''))
  const icon = itemWidth + ICON_GAP
  const widthOf = (text: string) => echarts.format.getTextRect(text, `${textStyle.fontSize}px sans-serif`).width
  const space = width - left - right
  const needed = names.reduce((sum, name) => sum + icon + widthOf(name) + itemGap, -itemGap)
  if (width === 0 || !(needed > space)) {
    const usual = { formatter: undefined, textStyle: { ...textStyle, width: undefined }, tooltip: { show: false } }
    return { ...sized, ...usual } as LegendComponentOption
  }
  const { textWidth, short } = equalEntries(names, space - PAGER, icon, widthOf)
  return {
    ...sized,
    formatter: (name) => short.get(name) ?? name,
    textStyle: { ...textStyle, width: textWidth },
    itemGap: PAGED_GAP,
    pageButtonGap: itemGap,
    tooltip: { show: true, formatter: ({ name }: { name: string }) => name },
  } as LegendComponentOption
}

/** As many entries on a page as leave the names different, at least one. @param space of a page, px */
function equalEntries(names: readonly string[], space: number, icon: number, widthOf: (text: string) => number) {
  for (let count = Math.max(1, Math.floor(space / LEAST_ENTRY)); ; count--) {
    const textWidth = Math.floor((space + PAGED_GAP / 2) / count) - icon - PAGED_GAP
    const fits = (part: string) => widthOf(part) <= RESERVE * textWidth
    const short = new Map(names.map((name) => [name, fittedLabel(name, fits)]))
    if (count === 1 || new Set(short.values()).size === short.size) return { textWidth, short }
  }
}
