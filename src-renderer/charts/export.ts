import type { EChartsOption, LegendComponentOption } from 'echarts'
import { wrappedLabel } from '../../src-engine/format/labels.ts'
import { echarts } from './engine.ts'
import type { Figure } from './figure.ts'
import { type ChartTheme, FONT } from './theme.ts'

export interface Size {
  width: number
  height: number
}

/** Visible part of the x axis; null for the whole axis. */
export type Window = { from: number, to: number } | null

/** What the screen shows of a figure: its zoom, and the names of the curves that its legend hides. */
export interface View {
  window: Window
  hidden: readonly string[]
}

/** A figure ready for a file. It is higher than on the screen if its legend or its notes need more lines. */
export interface Exported {
  option: EChartsOption
  size: Size
}

const HEAD = 28
const LINE = 18
const ROW_GAP = 2
/** Average width of a character, px; wide enough for fallback fonts. */
const CHARACTER = 6.8
const ENTRY_GAP = 14

/** A figure for a file: white background, title, notes, the whole legend in rows, and only what the screen shows. */
export function exportOption({ option, title, notes }: Figure, theme: ChartTheme, view: View, size: Size): Exported {
  const grid = option.grid as { top: number, bottom: number }
  const legend = option.legend as ScreenLegend
  const rows = legend.show === false ? [] : legendRows(legend, view.hidden, size.width)
  const noteLines = linesOf(notes, size.width - 16)
  // The screen has space for one row of the legend.
  const above = HEAD + Math.max(0, heightOf(rows) - LINE - ROW_GAP)
  const below = noteLines.length > 0 ? noteLines.length * LINE + ROW_GAP : 0
  const exported: EChartsOption = {
    ...option,
    toolbox: undefined,
    tooltip: undefined,
    backgroundColor: theme.surface,
    grid: { ...grid, top: grid.top + above, bottom: grid.bottom + below },
    legend: rows.map((row) => ({ ...legend, type: 'plain', top: HEAD + row.top, data: row.entries, formatter: row.textOf })),
    series: (option.series as { name?: string }[]).filter(({ name }) => name === undefined || !view.hidden.includes(name)) as EChartsOption['series'],
    title: [
      heading(title, 13, 600, theme.text, { left: 8, top: 8 }),
      heading(noteLines.join('\n'), 12, 400, theme.quiet, { left: 8, bottom: 4 }),
    ],
    dataZoom: view.window === null ? [] : [{ type: 'inside', xAxisIndex: 0, startValue: view.window.from, endValue: view.window.to }],
  }
  const growth = above - HEAD + Math.max(0, below - LINE - ROW_GAP)
  return { option: exported, size: { width: size.width, height: size.height + growth } }
}

/** Legend of a figure on the screen. */
interface ScreenLegend {
  show?: boolean
  left: number
  right: number
  itemWidth: number
  data?: readonly (string | { name: string })[]
}

type Entry = NonNullable<LegendComponentOption['data']>[number]

interface LegendRow {
  /** Below the title, px. */
  top: number
  height: number
  entries: Entry[]
  /** Text of an entry by its name, in lines. */
  textOf: (name: string) => string
}

const nameOf = (entry: Entry) => (typeof entry === 'string' ? entry : entry.name ?? '')

/** Visible entries in rows. A name longer than a row has several lines. */
function legendRows(legend: ScreenLegend, hidden: readonly string[], figureWidth: number): LegendRow[] {
  const { data = [], itemWidth } = legend
  const width = figureWidth - legend.left - legend.right

  const rows: LegendRow[] = []
  const texts = new Map<string, string>()
  let left = Infinity
  for (const entry of (data as Entry[]).filter((one) => !hidden.includes(nameOf(one)))) {
    const text = wrappedLabel(nameOf(entry), Math.floor((width - itemWidth - 5) / CHARACTER))
    const lines = text.split('\n')
    const entryWidth = itemWidth + 5 + CHARACTER * Math.max(...lines.map(({ length }) => length))
    if (left + entryWidth > width) {
      rows.push({ top: heightOf(rows), height: LINE, entries: [], textOf: (name) => texts.get(name) ?? name })
      left = 0
    }
    const row = rows[rows.length - 1]!
    texts.set(nameOf(entry), text)
    row.entries.push(entry)
    row.height = Math.max(row.height, lines.length * LINE)
    left += entryWidth + ENTRY_GAP
  }
  return rows
}

const heightOf = (rows: readonly LegendRow[]) => rows.reduce((sum, { height }) => sum + height + ROW_GAP, 0)

/** Notes in lines of a width, px. */
const linesOf = (notes: readonly string[], width: number): string[] =>
  (notes.length === 0 ? [] : wrappedLabel(notes.join('; '), Math.floor(width / CHARACTER)).split('\n'))

const heading = (text: string, fontSize: number, fontWeight: number, color: string, place: object) =>
  ({ text, padding: 0, textStyle: { fontFamily: FONT, fontSize, fontWeight, color, lineHeight: LINE }, ...place })

/** Renders to SVG without a document, so it also works in Node. */
export function toSvg({ option, size }: Exported): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    chart.setOption(option)
    return chart.renderToSVGString()
  } finally {
    // An instance that is not disposed keeps Node alive.
    chart.dispose()
  }
}

/** Renders to PNG at twice the size of the figure. */
export async function toPng({ option, size: { width, height } }: Exported): Promise<Blob> {
  const chart = echarts.init(document.createElement('div'), null, { renderer: 'canvas', devicePixelRatio: 2, width, height })
  try {
    chart.setOption(option)
    return await blobOf(chart.renderToCanvas({ pixelRatio: 2 }))
  } finally {
    chart.dispose()
  }
}

const blobOf = (canvas: HTMLCanvasElement) => new Promise<Blob>((resolve, reject) => {
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the image is too large to create'))), 'image/png')
})
