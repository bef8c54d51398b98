import type { LineSeriesOption, ScatterSeriesOption } from 'echarts'
import { bucketSize, extremesOfBuckets } from '../../src-engine/analysis/decimation.ts'
import { counted } from '../../src-engine/format/words.ts'

/** Maximum number of points of a line. More would cost time without being visible. */
export const MOST_POINTS = 4000

export interface Curve {
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** Whether the y axis is logarithmic and cannot show values ≤ 0. */
  log?: boolean
}

export type Dash = 'solid' | 'dashed' | 'dotted' | number[]

type Point = [number, number | null]

export interface DrawnCurve {
  points: (Point | { value: Point, symbol: string, symbolSize: number })[]
  /** x of every value that cannot be drawn. */
  gaps: number[]
  notes: string[]
}

/** Decimates a curve to its extremes and finds the values that cannot be drawn. */
export function drawnCurve({ x, y, log = false }: Curve): DrawnCurve {
  const drawable = Float64Array.from(y, (value) => (Number.isFinite(value) && !(log && value <= 0) ? value : NaN))
  const size = bucketSize(drawable.length, MOST_POINTS)
  const kept = size === 1 ? Array.from(drawable, (_, index) => index) : extremesOfBuckets(drawable, size)
  const points = kept.map((index): Point => [x[index]!, Number.isNaN(drawable[index]) ? null : drawable[index]!])
  const gaps = Array.from(drawable, (_, index) => index).filter((index) => Number.isNaN(drawable[index]))
  return {
    points: points.map((point, index) => (isAlone(points, index) ? { value: point, symbol: 'circle', symbolSize: 4 } : point)),
    gaps: gaps.map((index) => x[index]!),
    notes: [...decimationNote(size), ...gapNotes(gaps.map((index) => y[index]!))],
  }
}

export const lineSeries = (name: string, colour: string, { points }: DrawnCurve, dash: Dash = 'solid'): LineSeriesOption => ({
  type: 'line', name, data: points, symbol: 'none', showSymbol: true, connectNulls: false,
  color: colour, lineStyle: { width: 1.5, color: colour, type: dash }, emphasis: { disabled: true }, z: 3,
})

/** Legend entry of the marks at gaps. */
export const NOT_DRAWN = 'Not drawn'

export const CROSS = 'path://M0 1L1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5Z'

/** Small crosses at the bottom of the chart where a value is missing, on `markAxis`, the second y axis. */
export const gapMarks = (gaps: number[], colour: string): ScatterSeriesOption => ({
  type: 'scatter', name: NOT_DRAWN, data: gaps.map((x) => [x, 0.02]), yAxisIndex: 1, symbol: CROSS, symbolSize: 7,
  color: colour, itemStyle: { color: colour }, silent: true, tooltip: { show: false }, emphasis: { disabled: true }, z: 4,
})

/** Whether a point has no neighbours. A line needs two points, so such a point is drawn as a dot. */
const isAlone = (points: Point[], index: number) =>
  points[index]![1] !== null && (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null

const decimationNote = (size: number) => (size === 1 ? [] : [`only the minimum and maximum of every ${size} points are drawn`])

function gapNotes(values: number[]): string[] {
  const missing = values.filter((value) => !Number.isFinite(value)).length
  const low = values.length - missing
  return [
    ...(missing ? [`× ${counted(missing, 'value')} not finite`] : []),
    ...(low ? [`× ${counted(low, 'value')} ≤ 0, not shown on a log axis`] : []),
  ]
}
