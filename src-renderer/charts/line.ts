import type { LineSeriesOption, ScatterSeriesOption } from 'echarts'
import { bucketSize, extremesOfBuckets } from '../../src-engine/analysis/decimation.ts'
import { counted } from './text.ts'

/** Points drawn of one line; more would cost time and show nothing on any screen. */
export const MOST_POINTS = 4000

export interface Curve {
  x: ArrayLike<number>
  y: ArrayLike<number>
  /** Values that are not above zero have no place on a log axis. */
  log?: boolean
}

type Point = [number, number | null]

export interface DrawnCurve {
  points: (Point | { value: Point, symbol: string, symbolSize: number })[]
  /** Where there is no value to draw. */
  gaps: number[]
  notes: string[]
}

/** Thins a curve out to its extremes and finds what cannot be drawn. */
export function drawnCurve({ x, y, log = false }: Curve): DrawnCurve {
  const drawable = Float64Array.from(y, (value) => (Number.isFinite(value) && !(log && value <= 0) ? value : NaN))
  const size = bucketSize(drawable.length, MOST_POINTS)
  const kept = size === 1 ? Array.from(drawable, (_, index) => index) : extremesOfBuckets(drawable, size)
  const points = kept.map((index): Point => [x[index], Number.isNaN(drawable[index]) ? null : drawable[index]])
  const gaps = Array.from(drawable, (_, index) => index).filter((index) => Number.isNaN(drawable[index]))
  return {
    points: points.map((point, index) => (isAlone(points, index) ? { value: point, symbol: 'circle', symbolSize: 4 } : point)),
    gaps: gaps.map((index) => x[index]),
    notes: [...decimationNote(size), ...gapNotes(gaps.map((index) => y[index]))],
  }
}

export const lineSeries = (name: string, colour: string, { points }: DrawnCurve): LineSeriesOption => ({
  type: 'line', name, data: points, symbol: 'none', showSymbol: true, connectNulls: false,
  color: colour, lineStyle: { width: 1.5, color: colour }, emphasis: { disabled: true }, z: 3,
})

export const CROSS = 'path://M0 1L1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5Z'

/** Small crosses at the foot of the chart wherever a value is missing; on `markAxis`, second of the y axes. */
export const gapMarks = (gaps: number[], colour: string): ScatterSeriesOption => ({
  type: 'scatter', name: 'not drawn', data: gaps.map((x) => [x, 0.02]), yAxisIndex: 1, symbol: CROSS, symbolSize: 7,
  color: colour, itemStyle: { color: colour }, silent: true, tooltip: { show: false }, emphasis: { disabled: true }, z: 4,
})

/** A line needs two points: one without neighbours is drawn as a dot. */
const isAlone = (points: Point[], index: number) =>
  points[index][1] !== null && (points[index - 1]?.[1] ?? null) === null && (points[index + 1]?.[1] ?? null) === null

const decimationNote = (size: number) => (size === 1 ? [] : [`smallest and largest of every ${size} points are drawn`])

function gapNotes(values: number[]): string[] {
  const missing = values.filter((value) => !Number.isFinite(value)).length
  const low = values.length - missing
  return [
    ...(missing ? [`× ${counted(missing, 'value')} not finite`] : []),
    ...(low ? [`× ${counted(low, 'value')} ≤ 0, not on a log axis`] : []),
  ]
}
