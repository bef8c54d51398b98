import { exp, ln } from '../kernels/elementary.ts'
import { extentOf, extentWith, TINY } from './extent.ts'
import type { CategoryAxis, NumberAxis } from './figure.ts'
import { symlog, symlogEnds, symlogScale, thresholdOf, unsymlog } from './symlog.ts'
import {
  decadeOf, decadeSteps, digits, evenTicks, firstWithRoom, type HasRoom, mantissas, roundStep, type Scale, ticksAt,
  type Tick,
} from './ticks.ts'

export type { HasRoom, Scale, Tick } from './ticks.ts'

/** Intervals between ticks that round the ends of an axis. */
const INTERVALS = 5

export function scaleOf(axis: NumberAxis, values: Iterable<number>, hasRoom: HasRoom): Scale {
  switch (axis.scale) {
    case 'linear': return linearScale(axis, values, hasRoom)
    case 'log': return logScale(axis, values, hasRoom)
    case 'symlog': return symlogScale(axis, values, hasRoom)
  }
}

/** Rows from the top, each in the middle of its share. */
export function rowScale({ categories }: CategoryAxis): Scale {
  const at = (row: number) => 1 - (row + 0.5) / Math.max(1, categories.length)
  return { at, ticks: categories.map((label, row) => ({ at: at(row), label })), minor: [] }
}

/** Ends of an axis: the fixed ones, and otherwise round numbers around the values. */
export function endsOf(axis: NumberAxis, values: Iterable<number>): [from: number, to: number] {
  switch (axis.scale) {
    case 'linear': return linearEnds(axis, values)
    case 'log': return logEnds(axis, values)
    case 'symlog': return symlogEnds(axis, values)
  }
}

/** What an axis shows as equal lengths: differences, or on a log or symlog axis decades. */
export function lengthsOn(axis: NumberAxis): { length: (value: number) => number, value: (length: number) => number } {
  const threshold = thresholdOf(axis)
  switch (axis.scale) {
    case 'linear': return { length: (value) => value, value: (length) => length }
    case 'log': return { length: (value) => ln(value) / Math.LN10, value: (length) => exp(length * Math.LN10) }
    case 'symlog': return { length: (value) => symlog(value, threshold), value: (length) => unsymlog(length, threshold) }
  }
}

function linearEnds(axis: NumberAxis, values: Iterable<number>): [number, number] {
  const { from, to } = axis
  const [low, high] = extentWith(axis, extentOf(values, Number.isFinite), [0, 1])
  const step = stepOf(axis, low, high)
  const isFixed = from !== to
  return [
    isFixed && from !== undefined ? from : Math.floor(low / step + 1e-9) * step,
    isFixed && to !== undefined ? to : Math.ceil(high / step - 1e-9) * step,
  ]
}

/** Step that rounds the ends of an axis. */
const stepOf = ({ isWhole = false }: NumberAxis, low: number, high: number) =>
  Math.max(isWhole ? 1 : 0, roundStep((high - low) / INTERVALS))

function linearScale(axis: NumberAxis, values: Iterable<number>, hasRoom: HasRoom): Scale {
  const [low, high] = extentWith(axis, extentOf(values, Number.isFinite), [0, 1])
  const [from, to] = linearEnds(axis, [low, high])
  const at = (value: number) => (Number.isFinite(value) ? (value - from) / (to - from) : NaN)
  if (axis.labels) return { at, ticks: firstWithRoom(labelTicks(axis.labels, at), hasRoom), minor: [] }
  const ticks = evenTicks(from, to, stepOf(axis, low, high), axis.isWhole ? 1 : 0, at)
  return { at, ticks: firstWithRoom(ticks, hasRoom), minor: [] }
}

function logEnds(axis: NumberAxis, values: Iterable<number>): [number, number] {
  const fixed = { from: ifPositive(axis.from), to: ifPositive(axis.to) }
  const isFixed = fixed.from !== fixed.to
  const [low, high] = extentWith(fixed, extentOf(values, (value) => Number.isFinite(value) && value > TINY), [0.01, 1])
  return [
    isFixed && fixed.from !== undefined ? low : mantissas.findLast((each) => each < low) ?? low,
    isFixed && fixed.to !== undefined ? high : mantissas.find((each) => each > high) ?? high,
  ]
}

function logScale(axis: NumberAxis, values: Iterable<number>, hasRoom: HasRoom): Scale {
  const [from, to] = logEnds(axis, values)
  const span = ln(to / from)
  const at = (value: number) => (Number.isFinite(value) && value > 0 ? ln(value / from) / span : NaN)
  const isShown = (value: number) => value >= from && value <= to && (!axis.isWhole || value >= 1)
  if (mantissas.filter(isShown).length > 1) return { at, ...ticksOfDecades(isShown, at, hasRoom) }
  const step = roundStep((to - from) / INTERVALS)
  return { at, ticks: firstWithRoom(evenTicks(from, to, step, axis.isWhole ? 1 : 0, at, true), hasRoom), minor: [] }
}

function ticksOfDecades(isShown: (value: number) => boolean, at: Scale['at'], hasRoom: HasRoom): Pick<Scale, 'ticks' | 'minor'> {
  const within = mantissas.filter(isShown)
  const decades = within.filter((each) => decadeOf.has(each))
  const candidates = [within, ...decadeSteps.map((every) => decades.filter((each) => decadeOf.get(each)! % every === 0))]
  const ticks = firstWithRoom(candidates.map((each) => ticksAt(each, at, true)), hasRoom)
  const labelled = new Set(ticks.map((tick) => tick.at))
  const skipsDecades = decades.some((each) => !labelled.has(at(each)))
  return { ticks, minor: (skipsDecades ? decades : digits.filter(isShown)).map(at).filter((each) => !labelled.has(each)) }
}

/** A fixed end of a log axis, unless the axis cannot show it. */
const ifPositive = (end: number | undefined) => (end !== undefined && end > 0 ? end : undefined)
/** Candidates of ticks with texts: all of them, or every second, third, … */
const labelTicks = (labels: readonly string[], at: Scale['at']): Tick[][] =>
  labels.map((_, step) => labels.flatMap((label, value) => (value % (step + 1) === 0 ? [{ at: at(value), label }] : [])))

