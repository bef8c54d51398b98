import type { EChartsOption, XAXisComponentOption, YAXisComponentOption } from 'echarts'
import { formatQuantity, formatTick, NO_VALUE } from '../../src-engine/format/numbers.ts'
import { labelOf, type Quantity } from './figure.ts'
import { type ChartTheme, FONT } from './theme.ts'

interface Range {
  min?: number
  max?: number
}

/** Wide enough for the labels of nearly all axes, so that stacked charts stay aligned, px. */
const margins = { left: 64, right: 18, bottom: 40 }

/** Options that all figures share: quiet text, no animation, no HTML, zoom by dragging along x. */
export function baseOption(theme: ChartTheme): EChartsOption {
  return {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: 12, color: theme.quiet },
    grid: { ...margins, top: 26 },
    legend: legend(theme),
    tooltip: {
      trigger: 'axis',
      // HTML tooltips carry inline styles, which the content security policy of the window blocks.
      renderMode: 'richText',
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.surface,
      borderColor: theme.axis,
      borderWidth: 1,
      padding: [4, 8],
      shadowBlur: 0,
      textStyle: { fontFamily: FONT, fontSize: 12, color: theme.text },
      valueFormatter: (value) => (typeof value === 'number' ? formatQuantity(value) : NO_VALUE),
      axisPointer: { type: 'line', animation: false, lineStyle: { color: theme.axis, type: 'solid' } },
    },
    toolbox: dragZoom(theme),
  }
}

const legend = (theme: ChartTheme): EChartsOption['legend'] => ({
  type: 'scroll', top: 0, left: 58, right: 8, itemWidth: 22, itemHeight: 10, itemGap: 14, symbolKeepAspect: true,
  // High lines, since a legend with pages would clip superscripts and the tops of letters.
  textStyle: { color: theme.quiet, fontSize: 12, lineHeight: 18 },
  inactiveColor: theme.grid, pageTextStyle: { color: theme.quiet }, padding: [0, 5],
})

/** Ticks at round neuron indices, starting at 0. */
export function neuronTicks(neurons: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => neurons / size <= 6) ?? 2000
  return Array.from({ length: Math.ceil(neurons / step) }, (_, index) => index * step)
}

/** Second axis on the right, for series with `yAxisIndex: 2`. */
export const rightAxis = (quantity: Quantity, theme: ChartTheme, range: Range = {}): YAXisComponentOption =>
  ({ ...yAxis(quantity, theme, range), position: 'right', splitLine: { show: false } } as YAXisComponentOption)

/** Grid with space for `rightAxis`. */
export const withRightAxis = { grid: { ...margins, right: 64, top: 26 } }

/** Options for a figure with one series, whose title is enough. */
export const withoutLegend = { legend: { show: false }, grid: { ...margins, top: 10 } }

/** Drag zoom is part of the ECharts toolbox. Its icons are hidden, and a double click resets the zoom. */
const dragZoom = (theme: ChartTheme): EChartsOption['toolbox'] => ({
  top: -100,
  feature: {
    dataZoom: {
      xAxisIndex: [0],
      yAxisIndex: 'none',
      brushStyle: { color: theme.accent, opacity: 0.14 },
    },
  },
})

export function xAxis(quantity: Quantity, theme: ChartTheme, range: Range = {}): XAXisComponentOption {
  return {
    type: 'value', ...range, ...named(quantity, theme, 24), ...lines(theme),
    axisPointer: { label: { formatter: ({ value }) => `${quantity.name} ${formatQuantity(Number(value))}${quantity.unit ? ` ${quantity.unit}` : ''}` } },
  }
}

export function yAxis(quantity: Quantity, theme: ChartTheme, range: Range = {}): YAXisComponentOption {
  return { type: 'value', ...range, ...named(quantity, theme, 46), ...lines(theme), ...pointerWithoutLabel }
}

export function logAxis(quantity: Quantity, theme: ChartTheme, range: Range = {}): YAXisComponentOption {
  return {
    type: 'log', logBase: 10, ...closeAround, ...range, ...named(quantity, theme, 46), ...logLines(theme), ...pointerWithoutLabel,
    minorTick: { show: true, splitNumber: 9, length: 2, lineStyle: { color: theme.axis } },
    minorSplitLine: { show: true, lineStyle: { color: theme.faintGrid } },
  }
}

/** Logarithmic x axis, for figures in which both quantities span decades. */
export function logXAxis(quantity: Quantity, theme: ChartTheme): XAXisComponentOption {
  const { min, max, minorTick, minorSplitLine } = logAxis(quantity, theme)
  return { ...xAxis(quantity, theme), ...logLines(theme), type: 'log', logBase: 10, min, max, minorTick, minorSplitLine } as XAXisComponentOption
}

interface Extent { min: number; max: number }

/** Ends a log axis at 1, 2 or 5 times a power of ten. Whole decades could leave half of it empty. */
export const closeAround = {
  min: (extent: Extent) => endNear(extent.min, isLong(extent) ? [2, 1, 0.2] : [5, 2, 1, 0.5], (end) => end <= extent.min),
  max: (extent: Extent) => endNear(extent.max, isLong(extent) ? [1, 5, 10] : [1, 2, 5, 10], (end) => end >= extent.max),
}

/** Whether the axis is so long that the label of an end at twice or half a power of ten would touch the label of that power. */
const isLong = ({ min, max }: Extent) => max / min >= 1000

/** First product of a factor and the value's power of ten that lies beyond the value. A rounded logarithm may be one power too high. */
function endNear(value: number, factors: number[], isBeyond: (end: number) => boolean): number | undefined {
  if (!(value > 0) || !Number.isFinite(value)) return undefined
  const power = Math.floor(Math.log10(value))
  return factors.map((factor) => Number(`${factor}e${power}`)).find(isBeyond)
}

/** Invisible y axis from 0 to 1, for marks at a fixed height. */
export const markAxis: YAXisComponentOption = { type: 'value', min: 0, max: 1, show: false }

/** Invisible x axis from 0 to 1, for marks at a fixed position, whatever the first axis shows. */
export const markXAxis: XAXisComponentOption = { type: 'value', min: 0, max: 1, show: false }

const pointerWithoutLabel = { axisPointer: { label: { show: false } } }

const named = (quantity: Quantity, theme: ChartTheme, nameGap: number) => ({
  name: labelOf(quantity), nameLocation: 'middle' as const, nameGap, nameTextStyle: { color: theme.quiet, fontSize: 12 },
})

const lines = (theme: ChartTheme) => ({
  axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
  axisTick: { show: true, length: 4, lineStyle: { color: theme.axis } },
  axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, formatter: (value: number) => formatTick(value) },
  splitLine: { show: true, lineStyle: { color: theme.grid } },
})

const logLines = (theme: ChartTheme) => {
  const { axisLabel, ...rest } = lines(theme)
  return { ...rest, axisLabel: { ...axisLabel, formatter: (value: number) => formatTick(value, true) } }
}
