import { Stream } from '../random/stream.ts'
import { meanOf } from './samples.ts'

/** Up to this number of values, every split is tried: 2.7 million splits for 24. */
export const MOST_VALUES = 24
/** Splits drawn for more values. At p = 0.05, 95 % of the results are then within 0.0014 of the exact p. */
const DRAWN = 100_000
const SEED = 1

export interface TwoSampleTest {
  /** Mean of the first sample minus mean of the second. */
  difference: number
  /** Probability that a random split of the same values makes the means differ at least as much. */
  p: number
}

/**
 * Two-sided permutation test of two independent samples, on the difference of their means (Fisher 1935; Pitman, J. R. Stat. Soc. Suppl. 4
 * (1937) 119). Exact for up to 24 values together. For more, 100 000 splits are drawn from a fixed stream and
 * p = (1 + extreme) / (1 + drawn), which is never 0 (Phipson and Smyth, Stat. Appl. Genet. Mol. Biol. 9 (2010) 39).
 * p is NaN if a value is NaN or infinite.
 * @throws RangeError if a sample is empty
 */
export function permutationTest(a: readonly number[], b: readonly number[]): TwoSampleTest {
  if (a.length === 0 || b.length === 0) throw new RangeError(`Two samples need at least one value each, not ${a.length} and ${b.length}`)
  const values = [...a, ...b]
  const difference = meanOf(a) - meanOf(b)
  if (!values.every(Number.isFinite)) return { difference, p: NaN }
  // The tolerance keeps rounding from making the observed split look less extreme than it is.
  const least = Math.abs(difference) - 1e-12 * meanOf(values.map(Math.abs))
  const total = values.reduce((sum, x) => sum + x, 0)
  const isExtreme = (sum: number) => Math.abs(sum / a.length - (total - sum) / b.length) >= least
  const share = values.length <= MOST_VALUES ? exactShare : drawnShare
  return { difference, p: share(values, a.length, isExtreme) }
}

type IsExtreme = (sum: number) => boolean

function exactShare(values: readonly number[], size: number, isExtreme: IsExtreme): number {
  let [splits, extreme] = [0, 0]
  const deal = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      splits += 1
      if (isExtreme(sum)) extreme += 1
      return
    }
    for (let k = from; k <= values.length - left; k++) deal(k + 1, left - 1, sum + values[k]!)
  }
  deal(0, size, 0)
  return extreme / splits
}

/** Each split is the start of a shuffle (Fisher and Yates). */
function drawnShare(values: readonly number[], size: number, isExtreme: IsExtreme): number {
  const stream = new Stream(SEED, 'permutations')
  const shuffled = Float64Array.from(values)
  let extreme = 0
  for (let split = 0; split < DRAWN; split++) {
    let sum = 0
    for (let place = 0; place < size; place++) {
      const other = place + Math.floor(stream.uniform(split, place) * (values.length - place))
      const value = shuffled[other]!
      shuffled[other] = shuffled[place]!
      shuffled[place] = value
      sum += value
    }
    if (isExtreme(sum)) extreme += 1
  }
  return (1 + extreme) / (1 + DRAWN)
}
