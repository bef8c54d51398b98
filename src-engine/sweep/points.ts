import { exp, ln } from '../kernels/elementary.ts'
import { Stream } from '../random/stream.ts'
import type { Sweep } from '../spec/sweep.ts'
import { sobol } from './sobol.ts'

type Scale = 'linear' | 'logarithmic'
interface Ends { from: number; to: number; scale: Scale }

/** Digits that say more than any parameter is known to. */
const DIGITS = 6

/**
 * Where the points of a sample lie in the unit cube, [points][dimensions], each in [0, 1).
 * A Sobol sequence is shifted by the seed (a digital shift keeps its evenness), so that another seed gives other points.
 */
export function unitPoints({ sequence, count, seed }: Sweep['sampling'], dimensions: number): number[][] {
  const draws = new Stream(seed, 'sweep points')
  const shifts = Array.from({ length: dimensions }, (_, dimension) => draws.words(dimension, 0).first)
  return Array.from({ length: count }, (_, point) => shifts.map((shift, dimension) => (sequence === 'random'
    ? draws.uniform(dimension, point + 1)
    : ((sobol(point, dimension) ^ shift) >>> 0) * 2 ** -32)))
}

/** The value at a place from 0 to 1 between two ends; the ends themselves exactly. */
export function between({ from, to, scale }: Ends, place: number, isWhole: boolean): number {
  if (place === 0) return from
  if (place === 1) return to
  const value = scale === 'linear' ? from + (to - from) * place : exp(ln(from) + (ln(to) - ln(from)) * place)
  return isWhole ? Math.round(value) : Number(value.toPrecision(DIGITS))
}

/** `count` values from end to end; whole numbers that fall together are one. */
export function rangeOf(ends: Ends & { count: number }, isWhole: boolean): number[] {
  const values = Array.from({ length: ends.count }, (_, index) => between(ends, index / (ends.count - 1), isWhole))
  return [...new Set(values)]
}
