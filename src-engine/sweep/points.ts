import { roundTo } from '../format/numbers.ts'
import { exp, ln } from '../kernels/elementary.ts'
import { Stream } from '../random/stream.ts'
import type { Sweep } from '../experiment/sweep.ts'
import { sobol } from './sobol.ts'

type Scale = 'linear' | 'logarithmic'
interface Ends { from: number; to: number; scale: Scale }

/** Significant digits of a value: more than any parameter needs. */
const DIGITS = 6

/**
 * The points of a sample in the unit cube, [points][dimensions], each in [0, 1).
 * The seed gives a Sobol sequence a digital shift, which keeps its evenness, so another seed gives other points.
 */
export function unitPoints({ sequence, count, seed }: Sweep['sampling'], dimensions: number): number[][] {
  const draws = new Stream(seed, 'sweep points')
  const shifts = Array.from({ length: dimensions }, (_, dimension) => draws.words(dimension, 0).first)
  return Array.from({ length: count }, (_, point) => shifts.map((shift, dimension) => (sequence === 'random'
    ? draws.uniform(dimension, point + 1)
    : ((sobol(point, dimension) ^ shift) >>> 0) * 2 ** -32)))
}

/** The value at a position from 0 to 1 between two ends. The ends are exact. */
export function between({ from, to, scale }: Ends, position: number, isWhole: boolean): number {
  if (position === 0) return from
  if (position === 1) return to
  const value = scale === 'linear' ? from + (to - from) * position : exp(ln(from) + (ln(to) - ln(from)) * position)
  return isWhole ? Math.round(value) : roundTo(value, DIGITS)
}

/** `count` values from end to end. Equal whole numbers appear once. */
export function rangeOf(ends: Ends & { count: number }, isWhole: boolean): number[] {
  const values = Array.from({ length: ends.count }, (_, index) => between(ends, index / (ends.count - 1), isWhole))
  return [...new Set(values)]
}
