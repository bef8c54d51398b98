import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { Bars, Line, Mark, Points, Raster, Rug, Rule, Symbol } from '../../src-engine/figure/figure.ts'
import { drawnBucket, ExtremePyramid, spreadOver } from '../../src-engine/analysis/decimation.ts'
import { RIGHT_AXIS, SIDE_AXIS } from './axes.ts'
import { bandSeries, BAND_OPACITY } from './band.ts'
import { densitySeries } from './density.ts'
import { imageSeries } from './image.ts'
import { intervalSeries } from './intervals.ts'
import { strokes } from './legend.ts'
import { ROW } from './rows.ts'
import { CROSS, symbolPaths } from './symbols.ts'
import type { ChartTheme } from './theme.ts'

export type Series = LineSeriesOption | ScatterSeriesOption | CustomSeriesOption

/** Maximum number of points of a line. More would cost time without being visible. */
export const MOST_POINTS = 4000

export interface Place {
  theme: ChartTheme
  /** Scales of the axes that marks belong to. */
  isLogX: boolean
  isLogY: boolean
  /** Length of the y axis, in its unit; null if it follows from the data. */
  height: number | null
  /** Part of the x axis that is shown; null for all. */
  window: Window
}

export type Window = { from: number; to: number } | null

/** Series that draw a mark on the screen. */
export function seriesOf(mark: Mark, place: Place): Series[] {
  switch (mark.kind) {
    case 'line': return [lineSeries(mark, place)]
    case 'band': return [{ ...bandSeries(mark, place.isLogY), ...axisOf(mark) }]
    case 'bars': return [barSeries(mark, place)]
    case 'density': return [densitySeries(mark)]
    case 'points': return [pointSeries(mark, place)]
    case 'intervals': return [intervalSeries(mark)]
    case 'raster': return rasterSeries(mark, place)
    case 'rug': return [rugSeries(mark)]
    case 'image': return [imageSeries(mark)]
    case 'rule': return [ruleSeries(mark, place)]
    // All brackets of a plot are one series.
    case 'bracket': return []
    // Charts of the window have no texts; their notes are in the head of the frame.
    case 'text': return []
  }
}

const axisOf = ({ isRight = false }: { isRight?: boolean }) => (isRight ? { yAxisIndex: RIGHT_AXIS } : {})

const canShow = (value: number, isLog: boolean) => Number.isFinite(value) && !(isLog && value <= 0)

/** Maximum number of symbols along a line. */
const MOST_SYMBOLS = 20

type Point = [number, number | null]

const symbolOf = ({ shape, isFilled }: Symbol, colour: string, { surface }: ChartTheme) => ({
  symbol: symbolPaths[shape], symbolSize: 7,
  itemStyle: { color: isFilled ? colour : surface, borderColor: colour, borderWidth: isFilled ? 0 : 1 },
})

function lineSeries({ entry, x, y, colour, dash = 'solid', isStepped = false, symbol, ...mark }: Line, { theme, isLogY, window }: Place): LineSeriesOption {
  const { shown, kept } = drawnOf(x, y, isLogY, window)
  const points = kept.map((index): Point => [x[index]!, Number.isNaN(shown[index]) ? null : shown[index]!])
  const marked = new Set(spreadOver(points.length, MOST_SYMBOLS))
  return {
    type: 'line', name: entry, symbol: 'none', showSymbol: true, connectNulls: false, color: colour, z: 3,
    data: points.map((point, index) => {
      if (symbol && marked.has(index)) return { value: point, ...symbolOf(symbol, colour, theme) }
      return isAlone(points, index) ? { value: point, symbol: 'circle', symbolSize: 4 } : point
    }),
    lineStyle: { width: 1.5, color: colour, type: dash === 'solid' ? 'solid' : [...strokes[dash]] }, emphasis: { disabled: true },
    ...(isStepped && { step: 'end' as const }), ...axisOf(mark),
  }
}

interface Thinnable {
  /** NaN where the axis can show no value. */
  shown: Float64Array
  pyramid: ExtremePyramid
}
/** By the values of a line, so that a zoom does not look at all of them again. */
const thinnable = { linear: new WeakMap<object, Thinnable>(), log: new WeakMap<object, Thinnable>() }

const shownOf = (y: ArrayLike<number>, isLog: boolean) => Float64Array.from(y, (value) => (canShow(value, isLog) ? value : NaN))

function thinnableOf(y: ArrayLike<number>, isLog: boolean): Thinnable {
  const known = thinnable[isLog ? 'log' : 'linear']
  const found = known.get(y)
  if (found !== undefined) return found
  const shown = shownOf(y, isLog)
  const made = { shown, pyramid: new ExtremePyramid(shown) }
  known.set(y, made)
  return made
}

/** Values of a line, and the indices of those that are drawn. */
function drawnOf(x: ArrayLike<number>, y: ArrayLike<number>, isLog: boolean, window: Window) {
  if (y.length <= MOST_POINTS) return { shown: shownOf(y, isLog), kept: Array.from(y, (_, index) => index) }
  const { shown, pyramid } = thinnableOf(y, isLog)
  return { shown, kept: keptOf(pyramid, x, window) }
}

/** Indices of the points of a long line that are drawn: those in the window as finely as the screen shows, and the others around it. */
function keptOf(pyramid: ExtremePyramid, x: ArrayLike<number>, window: Window): number[] {
  const [from, to] = insideOf(x, window)
  return [[0, from], [from, to], [to, x.length]].flatMap(([start, end]) => pyramid.within(start!, end!, MOST_POINTS))
}

/** Range [from, to) of the points in the window and one on either side. */
function insideOf(x: ArrayLike<number>, window: Window): [number, number] {
  if (window === null || x.length <= MOST_POINTS) return [0, x.length]
  return [Math.max(0, firstFrom(x, window.from) - 1), Math.min(x.length, firstFrom(x, window.to) + 1)]
}

/** Index of the first value that is not below a limit, of ascending values. */
function firstFrom(x: ArrayLike<number>, limit: number): number {
  let [low, high] = [0, x.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (x[middle]! < limit) low = middle + 1
    else high = middle
  }
  return low
}

/** What the screen leaves out of a mark. */
export function notesOf(mark: Mark, window: Window): string[] {
  if (mark.kind !== 'line') return []
  const [from, to] = insideOf(mark.x, window)
  const size = drawnBucket(to - from, MOST_POINTS)
  return size === 1 ? [] : [`only the minimum and maximum of every ${size} points are drawn`]
}

/** Whether a point has no neighbours. A line needs two points, so such a point is drawn as a dot. */
const isAlone = (points: readonly Point[], index: number) =>
  points[index]![1] !== null && (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null

function barSeries({ entry, edges, values, colour, ...mark }: Bars, { isLogY }: Place): LineSeriesOption {
  const tops = Array.from(values).flatMap((value, bar): Point[] =>
    (canShow(value, isLogY) ? [[edges[bar]!, value], [edges[bar + 1]!, value]] : [[edges[bar]!, null]]))
  return {
    type: 'line', name: entry, symbol: 'none', data: tops, connectNulls: false, color: colour,
    lineStyle: { width: 1.5, color: colour }, areaStyle: { opacity: BAND_OPACITY, origin: 'start' }, emphasis: { disabled: true }, ...axisOf(mark),
  }
}

const sizes = { tiny: 4, small: 6, large: 9 }
const opacities = { tiny: 0.7, small: 0.5, large: 1 }

/** What a hover shows of a point, and the run that a click opens. */
export interface Datum {
  about?: string
  runId?: string
}

function pointSeries(
  { entry, x, y, colour, symbol, size, shift = 0, labels, details, runs, ...mark }: Points, place: Place,
): ScatterSeriesOption {
  const { theme, isLogX, isLogY } = place
  // A point that one axis cannot show still counts for the range of the other.
  const data = Array.from(x, (value, index) => ({
    value: [canShow(value, isLogX) ? value : null, canShow(y[index]!, isLogY) ? y[index]! : null] as [number, number],
    about: details?.[index], runId: runs?.[index], label: { formatter: labels?.[index] ?? '' },
  }))
  return {
    type: 'scatter', name: entry, color: colour, symbol: symbolPaths[symbol.shape], symbolSize: sizes[size], z: size === 'large' ? 5 : 3,
    symbolOffset: [0, shift * ROW],
    // Thousands of points draw faster as plain pairs.
    data: size === 'tiny' ? data.map(({ value }) => value) : data,
    itemStyle: {
      color: symbol.isFilled ? colour : theme.surface, opacity: opacities[size],
      ...(size === 'large' && { borderColor: symbol.isFilled ? theme.surface : colour, borderWidth: 1 }),
    },
    silent: details === undefined && runs === undefined, emphasis: { disabled: size === 'tiny' },
    ...(labels && {
      label: {
        show: true, position: 'top', distance: 3, color: theme.quiet, fontSize: 12,
        // Outline, since a line may pass behind the label.
        textBorderColor: theme.surface, textBorderWidth: 3,
      },
      labelLayout: { hideOverlap: true },
    }),
    ...axisOf(mark),
  }
}

/** Height of the plot that spikes are sized for, px. With about 100 neurons, marks touch their neighbours. */
const PLOT_HEIGHT = 220

function rasterSeries({ entry, x, y, colour }: Raster, { height }: Place): ScatterSeriesOption[] {
  // Large mode cannot draw an empty path.
  if (x.length === 0) return []
  const points = new Float64Array(2 * x.length)
  for (let index = 0; index < x.length; index++) points.set([x[index]!, y[index]!], 2 * index)
  return [{
    type: 'scatter', name: entry, data: points as unknown as number[], dimensions: ['time', 'neuron'],
    symbol: 'rect', symbolSize: [1.5, Math.min(6, Math.max(1, PLOT_HEIGHT / (height ?? 1)))],
    // Large mode draws all strokes in one path. Progressive drawing would leave a picture incomplete.
    large: true, largeThreshold: 0, progressive: 0, itemStyle: { color: colour }, silent: true,
  }]
}

/** Marks on an invisible axis from 0 to 1 across the plot. */
const heights = { top: 0.96, bottom: 0.02 }
const RIGHT = 0.985
/** Between marks in one row. */
const BESIDE = 0.02

function rugSeries({ entry, side, at, shape, colour, details, runs }: Rug): ScatterSeriesOption {
  const before = new Map<number, number>()
  const data = Array.from(at, (value, index) => {
    const count = before.get(value) ?? 0
    before.set(value, count + 1)
    return {
      value: side === 'right' ? [RIGHT - BESIDE * count, value] : [value, heights[side]],
      about: details?.[index], runId: runs?.[index],
    }
  })
  const isSilent = details === undefined && runs === undefined
  return {
    type: 'scatter', name: entry, data, ...(side === 'right' ? { xAxisIndex: SIDE_AXIS } : { yAxisIndex: SIDE_AXIS }),
    symbol: shape === 'cross' ? CROSS : 'rect', symbolSize: shape === 'cross' ? 7 : [1.5, 10],
    color: colour, itemStyle: { color: colour }, silent: isSilent, emphasis: { disabled: true }, z: 4,
    ...(isSilent && { tooltip: { show: false } }),
  }
}

/** A series without visible points carries the line, so that the key shows and hides it and the axis covers it. */
const ruleSeries = ({ entry, x, y, colour, dash = 'solid', label, ...mark }: Rule, { theme }: Place): LineSeriesOption => ({
  type: 'line', name: entry, data: [[x ?? null, y ?? null]] as [number, number][], symbol: 'none', color: colour, silent: true, tooltip: { show: false }, ...axisOf(mark),
  markLine: {
    silent: true, symbol: 'none', animation: false, data: [x === undefined ? { yAxis: y! } : { xAxis: x }],
    lineStyle: { color: colour, type: dash === 'solid' ? 'solid' : [...strokes[dash]], width: 1 },
    label: {
      show: label !== undefined, formatter: label ?? '', color: theme.quiet, fontSize: 12,
      ...(x === undefined ? { position: 'insideEndTop' } : { position: 'end', distance: 2 }),
    },
  },
})
