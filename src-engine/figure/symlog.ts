import { exp, ln } from '../kernels/elementary.ts'
import { extentOf, extentWith } from './extent.ts'
import type { NumberAxis } from './figure.ts'
import {
  decadeOf, decadeSteps, digits, evenTicks, firstWithRoom, type HasRoom, mantissas, roundStep, type Scale, type Tick, ticksAt,
} from './ticks.ts'

/** Length of the linear part on each side of 0, in decades: the default of matplotlib, so that its scripts draw the same. */
const LINEAR = 10 / 9
/** Decades between the largest value and the threshold that is chosen for it. */
const DECADES = 3
/** Of values that were lengths, as a share of their size. */
const ROUNDING = 1e-9
/** Intervals between even ticks. */
const INTERVALS = 5

export const thresholdOf = ({ threshold = 1 }: Pick<NumberAxis, 'threshold'>) => threshold

/** A power of ten, some decades below the largest of the values. */
export function thresholdFor(values: Iterable<number>): number {
  const largest = Array.from(values).filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const decades = [...decadeOf.keys()]
  const index = decades.findLastIndex((each) => each <= largest)
  return index < 0 ? 1 : decades[Math.max(0, index - DECADES)]!
}

/** Length from 0 to a value, in decades: proportional to the value up to the threshold, and to its logarithm beyond. */
export function symlog(value: number, threshold: number): number {
  const size = Math.abs(value)
  if (!(size > threshold)) return (value / threshold) * LINEAR
  return Math.sign(value) * (LINEAR + ln(size / threshold) / Math.LN10)
}

/** The value at a length from 0. */
export function unsymlog(length: number, threshold: number): number {
  const size = Math.abs(length)
  return size <= LINEAR ? (length / LINEAR) * threshold : Math.sign(length) * threshold * exp((size - LINEAR) * Math.LN10)
}

/** Fixed ends, and otherwise 0, a threshold, or 1, 2 or 5 times a power of ten around the values. */
export function symlogEnds(axis: NumberAxis, values: Iterable<number>): [from: number, to: number] {
  const [low, high] = extentWith(axis, extentOf(values, Number.isFinite), [-1, 1])
  const round = bothSigns([thresholdOf(axis), ...beyond(mantissas, thresholdOf(axis))])
  const isFixed = axis.from !== axis.to
  return [
    isFixed && axis.from !== undefined ? low : round.findLast((each) => each <= low + ROUNDING * Math.abs(low)) ?? low,
    isFixed && axis.to !== undefined ? high : round.find((each) => each >= high - ROUNDING * Math.abs(high)) ?? high,
  ]
}

export function symlogScale(axis: NumberAxis, values: Iterable<number>, hasRoom: HasRoom): Scale {
  const [from, to] = symlogEnds(axis, values)
  const threshold = thresholdOf(axis)
  const [start, end] = [symlog(from, threshold), symlog(to, threshold)]
  const at = (value: number) => (Number.isFinite(value) ? (symlog(value, threshold) - start) / (end - start) : NaN)
  const isShown = (value: number) => value >= from && value <= to && (!axis.isWhole || Number.isInteger(value))
  const shown = (sizes: readonly number[]) => bothSigns(beyond(sizes, threshold)).filter(isShown)
  const [within, decades] = [shown(mantissas), shown([...decadeOf.keys()])]
  const even = evenTicks(from, to, roundStep((to - from) / INTERVALS), axis.isWhole ? 1 : 0, at, true)
  if (within.length < 2) return { at, ticks: firstWithRoom(even, hasRoom), minor: [] }
  const ticks = firstWithRoom([
    ticksAt(within, at, true), ...decadeSteps.map((every) => ticksAt(everyDecade(decades, every, threshold), at, true)), ...even,
  ], hasRoom)
  return { at, ticks, minor: minorOf(shown(digits), decades, ticks, at) }
}

const bothSigns = (sizes: readonly number[]): number[] => [...sizes.map((size) => -size).reverse(), 0, ...sizes]

/** Sizes from the threshold on. */
const beyond = (sizes: readonly number[], threshold: number) => sizes.filter((size) => size >= threshold)

/** 0, and the decades at multiples of a distance from the first one beyond the threshold. */
function everyDecade(decades: readonly number[], every: number, threshold: number): number[] {
  const first = decadeOf.get([...decadeOf.keys()].find((each) => each >= threshold) ?? 1)!
  return decades.filter((each) => each === 0 || (decadeOf.get(Math.abs(each))! - first) % every === 0)
}

function minorOf(all: readonly number[], decades: readonly number[], ticks: readonly Tick[], at: Scale['at']): number[] {
  const labelled = new Set(ticks.map((tick) => tick.at))
  const skipsDecades = decades.some((each) => !labelled.has(at(each)))
  return (skipsDecades ? decades : all).map(at).filter((each) => !labelled.has(each))
}
