import { meanOf } from './statistics.ts'

/** All splits of so many values are tried: 2.7 million of 24. */
const MOST_VALUES = 24

export interface TwoSampleTest {
  /** Mean of the first less mean of the second. */
  difference: number
  /** How often chance alone, dealing the same values into two such samples, makes the means differ at least as much. */
  p: number
}

/**
 * Exact permutation test of two independent samples, two-sided, on the difference of their means
 * (Fisher 1935; Pitman, J. R. Stat. Soc. Suppl. 4 (1937) 119). @throws RangeError for an empty sample or too many values
 */
export function permutationTest(a: readonly number[], b: readonly number[]): TwoSampleTest {
  const values = [...a, ...b]
  if (a.length === 0 || b.length === 0 || values.length > MOST_VALUES) {
    throw new RangeError(`two samples of at least one and together at most ${MOST_VALUES} values are compared, not ${a.length} and ${b.length}`)
  }
  const difference = meanOf(a) - meanOf(b)
  const total = values.reduce((sum, x) => sum + x, 0)
  // Rounding must not make the observed split itself seem less extreme.
  const least = Math.abs(difference) - 1e-12 * meanOf(values.map(Math.abs))
  let [splits, extreme] = [0, 0]
  const deal = (from: number, left: number, sum: number): void => {
    if (left === 0) {
      splits += 1
      if (Math.abs(sum / a.length - (total - sum) / b.length) >= least) extreme += 1
      return
    }
    for (let k = from; k <= values.length - left; k++) deal(k + 1, left - 1, sum + values[k])
  }
  deal(0, a.length, 0)
  return { difference, p: extreme / splits }
}
