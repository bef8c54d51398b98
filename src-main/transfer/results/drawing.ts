import { fittedLabel } from '../../../src-engine/format/labels.ts'
import { formatTick } from '../../../src-engine/format/numbers.ts'
import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import type { CustomSeriesRenderItem } from 'echarts'
import { SVGRenderer } from 'echarts/renderers'

echarts.use([CustomChart, LineChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer])

/** px; two columns of a journal. At 180 mm, the smallest text is 7.5 points high. */
export const WIDTH = 760
export const INK = '#1f2328'
export const FAINT = '#5b616a'
export const RULE = '#e4e6e9'
const SMALL = 11
const BIG = 13
const FAMILY = 'Helvetica, Arial, sans-serif'
const LINE_HEIGHT = 15
/** Width of a character, px; wide enough for fallback fonts if Helvetica and Arial are missing. */
const CHARACTER = 6.2

/** Text at a position in its panel, px. */
export interface Words {
  text: string
  left: number
  top: number
  bold?: boolean
  colour?: string
  /** Longer text loses its middle. */
  width?: number
  /** True if the text ends at `left` instead of starting there. */
  rightAligned?: boolean
}

/** One pair of axes at a position in its panel, px. */
export interface Plot {
  left: number
  top: number
  width: number
  height: number
  x: object
  y: object
  series: object[]
}

export interface Panel {
  height: number
  words: Words[]
  plots: Plot[]
}

/**
 * Stack panels in one SVG.
 * @param name prefix of every id, so that one document can contain several figures
 */
export function figureSvg(name: string, panels: Panel[]): string {
  const height = panels.reduce((sum, panel) => sum + panel.height, 0)
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    chart.setOption(optionOf(panels))
    return `${withOwnIds(chart.renderToSVGString(), name)}\n`
  } finally {
    chart.dispose()
  }
}

function optionOf(panels: Panel[]) {
  const tops = panels.map((_, index) => panels.slice(0, index).reduce((sum, { height }) => sum + height, 0))
  const placed = panels.flatMap(({ plots }, index) => plots.map((plot) => ({ ...plot, top: plot.top + tops[index]! })))
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: FAMILY, fontSize: SMALL, color: INK },
    title: panels.flatMap(({ words }, index) => words.map((each) => titleOf(each, tops[index]!))),
    grid: placed.map(({ left, top, width, height }) => ({ left, top, width, height, outerBoundsMode: 'none' })),
    xAxis: placed.map(({ x }, gridIndex) => ({ ...axisStyle, ...x, gridIndex })),
    yAxis: placed.map(({ y }, gridIndex) => ({ ...axisStyle, ...y, gridIndex })),
    series: placed.flatMap(({ series }, index) =>
      series.map((each) => ({ silent: true, emphasis: { disabled: true }, ...each, xAxisIndex: index, yAxisIndex: index }))),
  }
}

/** Text that fits a width, px. Its middle is left out where it must be, and no number is cut. */
const fitted = (text: string, width: number, bold = false) =>
  fittedLabel(text, (part) => echarts.format.getTextRect(part, `${bold ? `600 ${BIG}` : SMALL}px ${FAMILY}`).width <= width)

const titleOf = ({ text, left, top, bold, colour, width, rightAligned }: Words, above: number) => ({
  text: width ? fitted(text, width, bold) : text,
  left,
  top: above + top,
  padding: 0,
  textAlign: rightAligned ? 'right' : 'left',
  textStyle: {
    fontSize: bold ? BIG : SMALL, fontWeight: bold ? 600 : 'normal', color: colour ?? INK, lineHeight: LINE_HEIGHT,
  },
})

const axisStyle = {
  nameLocation: 'middle',
  nameTextStyle: { color: INK, fontSize: SMALL },
  axisLabel: { color: INK, fontSize: SMALL },
  axisLine: { show: true, onZero: false, lineStyle: { color: FAINT } },
  axisTick: { show: true, lineStyle: { color: FAINT } },
  splitLine: { show: true, lineStyle: { color: RULE } },
}

/** Renumber the ids, which the renderer counts per process, so that the same figure has the same bytes. */
function withOwnIds(svg: string, name: string): string {
  const ids = new Map<string, string>()
  const own = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${name}-${ids.size}`)
    return ids.get(id)!
  }
  return svg.replace(/<style[^]*?<\/style>|<[^>]*>/g, (tag) => tag.replace(/\bzr\d+-[a-z]+-?\d+\b/g, own))
}

/** Lay out lines of text below each other, wrapped between words to fit the width. */
export function notes(lines: string[], left: number, top: number): { words: Words[], height: number } {
  const fitting = lines.flatMap((line) => broken(line, Math.floor((WIDTH - left - 16) / CHARACTER)))
  return {
    words: fitting.map((text, index) => ({ text, left, top: top + index * LINE_HEIGHT, colour: FAINT })),
    height: fitting.length * LINE_HEIGHT,
  }
}

function broken(line: string, length: number): string[] {
  const lines = ['']
  for (const word of line.split(' ')) {
    const last = lines[lines.length - 1]
    if (last && last.length + word.length >= length) lines.push(word)
    else lines[lines.length - 1] = last ? `${last} ${word}` : word
  }
  return lines
}

/** Width of the longest text, within limits, px. */
export const widthOf = (texts: string[]) =>
  Math.min(300, Math.max(90, 14 + CHARACTER * Math.max(0, ...texts.map(({ length }) => length))))

/** Logarithmic axis for positive values. Ticks at 1, 2 and 5, or at powers of ten over a wide range. */
export function logAxis(values: number[]) {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0.01, 1]
  const first = steps.findLastIndex((step) => step < low)
  const last = steps.findIndex((step) => step > high)
  const ticks = steps.slice(Math.max(0, first), last < 0 ? undefined : last + 1)
  const decades = ticks.filter((tick) => decadeTicks.has(tick))
  const shown = ticks.length > 10 ? decades : ticks
  return {
    type: 'log',
    min: ticks[0]!,
    max: ticks[ticks.length - 1]!,
    axisTick: { ...axisStyle.axisTick, customValues: shown },
    axisLabel: {
      ...axisStyle.axisLabel, customValues: shown, formatter: (tick: number) => formatTick(tick, true), hideOverlap: true,
    },
  }
}

const exponents = Array.from({ length: 49 }, (_, index) => index - 20)
const steps = exponents.flatMap((exponent) => [1, 2, 5].map((mantissa) => Number(`${mantissa}e${exponent}`)))
const decadeTicks = new Set(exponents.map((exponent) => Number(`1e${exponent}`)))

/** Linear axis. */
export const valueAxis = (name: string) => ({
  type: 'value',
  name,
  nameGap: 28,
  axisLabel: { ...axisStyle.axisLabel, hideOverlap: true, formatter: (value: number) => formatTick(value) },
})

/** Axis of row names, first row on top. */
export const rowAxis = (names: string[], width: number) => ({
  type: 'category',
  data: names.map((name) => fitted(name, width - 8)),
  inverse: true,
  axisTick: { show: false },
  axisLabel: { ...axisStyle.axisLabel, interval: 0 },
  splitLine: { show: false },
})

/** Offsets from the middle of a row, px: mean, interval and single runs from top to bottom, so that none hides another. */
export const MEAN_AT = -6
const INTERVAL_AT = 2
export const RUNS_AT = 8

/** Horizontal bars with end caps, one per row. */
export const intervalSeries = (bars: { low: number, high: number, row: number, colour: string }[]) => ({
  type: 'custom',
  data: bars.map(({ low, high, row }) => [low, high, row]),
  encode: { x: [0, 1], y: 2 },
  renderItem: ((params, api) => {
    const low = api.coord([api.value(0), api.value(2)])
    const high = api.coord([api.value(1), api.value(2)])
    const [from, to, y] = [low[0]!, high[0]!, low[1]!]
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1: y1 + INTERVAL_AT, x2, y2: y2 + INTERVAL_AT },
      style: { stroke: bars[params.dataIndex]!.colour, lineWidth: 1.5 },
    })
    return { type: 'group', children: [line(from, y, to, y), line(from, y - 3, from, y + 3), line(to, y - 3, to, y + 3)] }
  }) satisfies CustomSeriesRenderItem,
})
