import { CustomChart, LineChart, ScatterChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import type { CustomSeriesRenderItem } from 'echarts'
import { SVGRenderer } from 'echarts/renderers'

echarts.use([CustomChart, LineChart, ScatterChart, GridComponent, TitleComponent, SVGRenderer])

/** Two columns of a journal: at 180 mm the smallest text is 7.5 points high. */
export const WIDTH = 760
export const INK = '#1f2328'
export const FAINT = '#5b616a'
export const RULE = '#e4e6e9'
const SMALL = 11
const LINE_HEIGHT = 15
/** px; wide enough for the fonts that stand in where Helvetica and Arial are missing. */
const CHARACTER = 6.2

/** Text at a place in its panel, px. */
export interface Words {
  text: string
  left: number
  top: number
  bold?: boolean
  colour?: string
  /** What is longer ends in an ellipsis. */
  width?: number
  /** `left` is where the text ends. */
  endsThere?: boolean
}

/** One pair of axes at a place in its panel, px. */
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
 * Panels below one another as one SVG.
 * @param name goes before every id in it, so that several can stand in one document
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
  const placed = panels.flatMap(({ plots }, index) => plots.map((plot) => ({ ...plot, top: plot.top + tops[index] })))
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'Helvetica, Arial, sans-serif', fontSize: SMALL, color: INK },
    title: panels.flatMap(({ words }, index) => words.map((each) => titleOf(each, tops[index]))),
    grid: placed.map(({ left, top, width, height }) => ({ left, top, width, height, outerBoundsMode: 'none' })),
    xAxis: placed.map(({ x }, gridIndex) => ({ ...axisStyle, ...x, gridIndex })),
    yAxis: placed.map(({ y }, gridIndex) => ({ ...axisStyle, ...y, gridIndex })),
    series: placed.flatMap(({ series }, index) =>
      series.map((each) => ({ silent: true, emphasis: { disabled: true }, ...each, xAxisIndex: index, yAxisIndex: index }))),
  }
}

const titleOf = ({ text, left, top, bold, colour, width, endsThere }: Words, above: number) => ({
  text,
  left,
  top: above + top,
  padding: 0,
  textAlign: endsThere ? 'right' : 'left',
  textStyle: {
    fontSize: bold ? 13 : SMALL, fontWeight: bold ? 600 : 'normal', color: colour ?? INK, lineHeight: LINE_HEIGHT,
    ...(width ? { width, overflow: 'truncate' } : {}),
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

/** The renderer counts its ids through the life of the process; counted anew, the same figure is the same bytes. */
function withOwnIds(svg: string, name: string): string {
  const ids = new Map<string, string>()
  const own = (id: string) => {
    if (!ids.has(id)) ids.set(id, `${name}-${ids.size}`)
    return ids.get(id)!
  }
  return svg.replace(/<style[^]*?<\/style>|<[^>]*>/g, (tag) => tag.replace(/\bzr\d+-[a-z]+-?\d+\b/g, own))
}

/** Lines of text under one another, broken between words to fit the width. */
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

/** px that the longest of these needs, within reason. */
export const widthOf = (texts: string[]) =>
  Math.min(300, Math.max(90, 14 + CHARACTER * Math.max(0, ...texts.map(({ length }) => length))))

/** Ends and ticks of a logarithmic axis that holds all values, all above 0: 1, 2 and 5, or powers of ten over a wide range. */
export function logAxis(values: number[]) {
  const [low, high] = values.length > 0 ? [Math.min(...values), Math.max(...values)] : [0.01, 1]
  const first = steps.findLastIndex((step) => step < low)
  const last = steps.findIndex((step) => step > high)
  const ticks = steps.slice(Math.max(0, first), last < 0 ? undefined : last + 1)
  const decades = ticks.filter((tick) => isDecade(tick))
  const shown = ticks.length > 10 ? decades : ticks
  return {
    type: 'log',
    min: ticks[0],
    max: ticks[ticks.length - 1],
    axisTick: { ...axisStyle.axisTick, customValues: shown },
    axisLabel: { ...axisStyle.axisLabel, customValues: shown, formatter: tickText, hideOverlap: true },
  }
}

const steps = Array.from({ length: 49 }, (_, index) => index - 20)
  .flatMap((exponent) => [1, 2, 5].map((mantissa) => Number(`${mantissa}e${exponent}`)))

const isDecade = (tick: number) => tick.toExponential().startsWith('1e')

function tickText(tick: number): string {
  if (tick >= 1e-3 && tick < 1e4) return String(Number(tick.toPrecision(3)))
  const [mantissa, exponent] = tick.toExponential(0).split('e')
  return `${mantissa === '1' ? '' : `${mantissa} × `}10${raised(exponent)}`
}

const raised = (exponent: string) => exponent.replace('+', '').replace('-', '⁻').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)])

/** With a true minus. */
export const valueAxis = (name: string) => ({
  type: 'value',
  name,
  nameGap: 28,
  axisLabel: { ...axisStyle.axisLabel, hideOverlap: true, formatter: (value: number) => String(value).replaceAll('-', '−') },
})

/** Names of rows, the first on top. */
export const rowAxis = (names: string[], width: number) => ({
  type: 'category',
  data: names,
  inverse: true,
  axisTick: { show: false },
  axisLabel: { ...axisStyle.axisLabel, interval: 0, width: width - 8, overflow: 'truncate' },
  splitLine: { show: false },
})

/** px below the middle of a row: the mean on top, its interval, single runs at the bottom, so that none hides another. */
export const MEAN_AT = -6
const INTERVAL_AT = 2
export const RUNS_AT = 8

/** Horizontal bars with caps from low to high, in rows. */
export const intervalSeries = (bars: { low: number, high: number, row: number, colour: string }[]) => ({
  type: 'custom',
  data: bars.map(({ low, high, row }) => [low, high, row]),
  encode: { x: [0, 1], y: 2 },
  renderItem: ((params, api) => {
    const [from, y] = api.coord([api.value(0), api.value(2)])
    const [to] = api.coord([api.value(1), api.value(2)])
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1: y1 + INTERVAL_AT, x2, y2: y2 + INTERVAL_AT },
      style: { stroke: bars[params.dataIndex].colour, lineWidth: 1.5 },
    })
    return { type: 'group', children: [line(from, y, to, y), line(from, y - 3, from, y + 3), line(to, y - 3, to, y + 3)] }
  }) satisfies CustomSeriesRenderItem,
})
