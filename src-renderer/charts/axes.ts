import type { XAXisComponentOption, YAXisComponentOption } from 'echarts'
import type { CategoryAxis, NumberAxis } from '../../src-engine/figure/figure.ts'
import { endsOf } from '../../src-engine/figure/scale.ts'
import { formatQuantity, formatTick } from '../../src-engine/format/numbers.ts'
import { placeOn, symlogTicks, valueOn } from './symlog.ts'
import type { ChartTheme } from './theme.ts'

/** Number axes of a plot: its own, an invisible one from 0 to 1 for marks along a side, and the one at the right. */
export const OWN_AXIS = 0
export const SIDE_AXIS = 1
export const RIGHT_AXIS = 2

export const sideAxis = { type: 'value' as const, min: 0, max: 1, show: false }

/** @param values that the axis must cover */
export function xAxis(axis: NumberAxis, values: readonly number[], theme: ChartTheme): XAXisComponentOption {
  const { name, unit } = quantityOf(axis.name)
  const label = { formatter: ({ value }: { value: unknown }) => `${name} ${formatQuantity(valueOn(axis)(Number(value)))}${unit}` }
  return { ...numberAxis(axis, values, theme, 24), axisPointer: { label } } as XAXisComponentOption
}

export const yAxis = (axis: NumberAxis, values: readonly number[], theme: ChartTheme): YAXisComponentOption =>
  ({ ...numberAxis(axis, values, theme, 46), axisPointer: { label: { show: false } } } as YAXisComponentOption)

export const rightAxis = (axis: NumberAxis, values: readonly number[], theme: ChartTheme): YAXisComponentOption =>
  ({ ...yAxis(axis, values, theme), position: 'right', splitLine: { show: false } } as YAXisComponentOption)

/** More lines between rows would fill the plot. */
const MOST_ROW_LINES = 60

/** Rows as a number axis, since marks may be shifted within a row. @param width of the labels, px */
export function rowAxis({ categories }: CategoryAxis, theme: ChartTheme, width: number): YAXisComponentOption {
  const customValues = categories.map((_, row) => row)
  return {
    type: 'value', inverse: true, min: -0.5, max: categories.length - 0.5, interval: 1,
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.faint } },
    axisTick: { show: false },
    axisLabel: {
      customValues, formatter: (row: number) => categories[row] ?? '', color: theme.quiet, fontSize: 12, hideOverlap: true,
      align: 'left', margin: width, padding: [3, 0],
    },
    splitLine: { show: categories.length <= MOST_ROW_LINES, lineStyle: { color: theme.faintGrid } },
    axisPointer: { show: false },
  } as YAXisComponentOption
}

/** 'Time (ms)' is a quantity and its unit. */
function quantityOf(name: string): { name: string; unit: string } {
  const parts = /^(.+) \((.+)\)$/.exec(name)
  return parts ? { name: parts[1]!, unit: ` ${parts[2]!}` } : { name, unit: '' }
}

function numberAxis(axis: NumberAxis, values: readonly number[], theme: ChartTheme, nameGap: number) {
  const [place, value] = [placeOn(axis), valueOn(axis)]
  const endsAround = ({ min, max }: Extent) => endsOf(axis, [value(min), value(max)])
  const ticks = ticksOf(axis, values)
  return {
    ...(axis.scale === 'log' ? logScale(theme) : { type: 'value' as const }),
    min: (shown: Extent) => place(endsAround(shown)[0]),
    max: (shown: Extent) => place(endsAround(shown)[1]),
    ...(axis.isWhole && { minInterval: 1 }),
    name: axis.name, nameLocation: 'middle' as const, nameGap, nameTextStyle: { color: theme.quiet, fontSize: 12 },
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.faint } },
    axisTick: { show: true, length: 4, lineStyle: { color: theme.faint }, ...ticks },
    axisLabel: { color: theme.quiet, fontSize: 12, hideOverlap: true, formatter: labelFor(axis), ...ticks },
    splitLine: { show: !isHalved(axis) && axis.labels === undefined, lineStyle: { color: theme.grid } },
  }
}

/** A count below 1 has no label. */
const labelFor = (axis: NumberAxis) => (position: number) => {
  const { scale, isWhole = false, labels } = axis
  if (labels) return labels[position] ?? ''
  return isWhole && scale === 'log' && position < 1 ? '' : formatTick(valueOn(axis)(position), scale !== 'linear')
}

/** Least and largest value of the series that are not hidden. */
interface Extent { min: number; max: number }

const logScale = (theme: ChartTheme) => ({
  type: 'log' as const, logBase: 10,
  minorTick: { show: true, splitNumber: 9, length: 2, lineStyle: { color: theme.faint } },
  minorSplitLine: { show: true, lineStyle: { color: theme.faintGrid } },
})

/** Whether an axis counts things with a width, such as neurons, and starts half a width before the first. */
const isHalved = ({ isWhole = false, from = 0 }: NumberAxis) => isWhole && !Number.isInteger(from)

/** Texts, ticks of a symlog axis, or at round indices, starting at 0; otherwise those of ECharts. */
function ticksOf(axis: NumberAxis, values: readonly number[]) {
  if (axis.labels) return { customValues: axis.labels.map((_, index) => index) }
  if (axis.scale === 'symlog') return { customValues: symlogTicks(axis, values) }
  return isHalved(axis) && axis.to !== undefined ? { customValues: indexTicks(axis.to + 0.5) } : {}
}

export function indexTicks(count: number): number[] {
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((size) => count / size <= 6) ?? 2000
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step)
}
