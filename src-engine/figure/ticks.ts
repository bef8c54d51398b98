import { formatTick, roundTo } from '../format/numbers.ts'

export interface Scale {
  /** Position of a value on the axis, from 0 at its start to 1 at its end. NaN for a value that the axis cannot show. */
  at(value: number): number
  ticks: readonly Tick[]
  /** Positions of ticks without labels. Leave them out where they are too close to be told apart. */
  minor: readonly number[]
}

export interface Tick {
  at: number
  label: string
}

/** Whether the labels of some ticks can be written without touching each other. */
export type HasRoom = (ticks: readonly Tick[]) => boolean

/** Numbers of ticks are lowered until there is room for their labels. */
const MOST_TICKS = 10
/** Multiples of a step are exact to this many digits. */
const MOST_DIGITS = 12

const exponents = Array.from({ length: 49 }, (_, index) => index - 20)
export const decadeOf: ReadonlyMap<number, number> = new Map(exponents.map((exponent) => [Number(`1e${exponent}`), exponent]))
const multiplesOfPowers = (factors: readonly number[]) => exponents.flatMap((exponent) => factors.map((each) => Number(`${each}e${exponent}`)))
/** 1, 2 and 5 times every power of ten. */
export const mantissas: readonly number[] = multiplesOfPowers([1, 2, 5])
/** 1 to 9 times every power of ten. */
export const digits: readonly number[] = multiplesOfPowers([1, 2, 3, 4, 5, 6, 7, 8, 9])
/** Distances of labelled decades. */
export const decadeSteps = [1, 2, 3, 5, 10, 20]

export const ticksAt = (values: readonly number[], at: Scale['at'], isLog: boolean) =>
  values.map((value): Tick => ({ at: at(value), label: formatTick(value, isLog) }))

/** Candidates of ticks at multiples of round steps, the closest first. */
export const evenTicks = (from: number, to: number, step: number, finest: number, at: Scale['at'], isLog = false) =>
  [step / 2, step, step * 2, step * 5, step * 10].map((each) =>
    ticksAt(multiples(from, to, Math.max(finest, roundStep(each))), at, isLog))

export const firstWithRoom = (candidates: readonly Tick[][], hasRoom: HasRoom): Tick[] =>
  candidates.find((ticks) => ticks.length > 0 && ticks.length <= MOST_TICKS && hasRoom(ticks)) ?? candidates.at(-1)!

/** 1, 2 or 5 times a power of ten, at least as large. */
export const roundStep = (step: number): number => mantissas.find((each) => each >= step * (1 - 1e-9)) ?? step

/** Multiples of a step between two ends, without rounding errors in their digits. */
function multiples(from: number, to: number, step: number): number[] {
  const [first, last] = [Math.ceil(from / step - 1e-9), Math.floor(to / step + 1e-9)]
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => roundTo((first + index) * step, MOST_DIGITS))
}
