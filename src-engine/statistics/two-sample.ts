import { meanOf } from './samples.ts'

/** Maximum number of values, since every split is tried: 2.7 million splits for 24. */
const MOST_VALUES = 24

export interface TwoSampleTest {
  /** Mean of the first sample minus mean of the second. */
  difference: number
  /** Probability that a random split of the same values makes the means differ at least as much. */
  p: number
}

/**
 * Exact two-sided permutation test of two independent samples, on the difference of their means
 * (Fisher 1935; Pitman, J. R. Stat. Soc. Suppl. 4 (1937) 119).
 * @throws RangeError if a sample is empty or both together have more than 24 values
 */
export function permutationTest(a: readonly number[], b: readonly number[]): TwoSampleTest {
  const values = [...a, ...b]
  if (a.length === 0 || b.length === 0 || values.length > MOST_VALUES) {
    throw new RangeError(`Two samples need at least one value each and at most ${MOST_VALUES} together, not ${a.length} and ${b.length}`)
  }
  const difference = meanOf(a) - meanOf(b)
  const total = values.reduce((sum, x) => sum + x, 0)
  // The tolerance keeps rounding from making the observed split look less extreme than it is.
  const least = Math.abs(difference) - 1e-12 * meanOf(values.map(Math.abs))
  let [splits, extreme] = [0, 0]
  const deal = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      splits += 1
      if (Math.abs(sum / a.length - (total - sum) / b.length) >= least) extreme += 1
      return
    }
    for (let k = from; k <= values.length - left; k++) deal(k + 1, left - 1, sum + values[k]!)
  }
  deal(0, a.length, 0)
  return { difference, p: extreme / splits }
}
