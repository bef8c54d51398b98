import { exp, power } from '../kernels/elementary.ts'

/** A smooth distribution of a sample, as a curve. */
export interface Density {
  x: Float64Array
  /** Share of the sample per unit of x. */
  density: Float64Array
  /** Standard deviation of the kernel, in the unit of x. */
  bandwidth: number
}

interface Options {
  /** How often each value counts; once if absent. */
  counts?: ArrayLike<number>
  /** Least bandwidth, such as the width of the bins that the values are the middles of. */
  least?: number
  /** Where the curve ends, if values beyond are impossible; otherwise where it is nearly 0. */
  range?: readonly [from: number, to: number]
}

const POINTS = 161
/** Bandwidths beyond the outermost values, where a Gaussian kernel is nearly 0. */
const TAIL = 3
/** Interquartile range of a normal distribution over its standard deviation. */
const NORMAL_RANGE = 1.34
/** Least range of the middle half, as a share of the standard deviation. */
const SAME = 1e-6

/**
 * Gaussian kernel density with the bandwidth of Silverman (1986, eq. 3.31): 0.9·min(SD, IQR/1.34)·n^(−1/5).
 * Values that are not finite are left out. Null without values, and if all are equal and
 * there is no least bandwidth.
 */
export function densityOf(values: ArrayLike<number>, { counts, least = 0, range }: Options = {}): Density | null {
  const sample = Array.from(values, (value, index) => ({ value, count: counts?.[index] ?? 1 }))
    .filter(({ value, count }) => Number.isFinite(value) && count > 0)
    .sort((a, b) => a.value - b.value)
  const [first, last] = [sample[0]?.value ?? NaN, sample.at(-1)?.value ?? NaN]
  const bandwidth = Math.max(least, last > first ? bandwidthOf(sample) : 0)
  if (sample.length === 0 || bandwidth === 0) return null
  const [from, to] = range ?? [first - TAIL * bandwidth, last + TAIL * bandwidth]
  const n = total(sample)
  const x = Float64Array.from({ length: POINTS }, (_, index) => from + (index / (POINTS - 1)) * (to - from))
  const densityAt = (at: number) =>
    sample.reduce((sum, { value, count }) => sum + count * kernel((at - value) / bandwidth), 0) / (n * bandwidth)
  return { x, density: x.map(densityAt), bandwidth }
}

interface Counted {
  value: number
  count: number
}

const total = (sample: readonly Counted[]) => sample.reduce((sum, { count }) => sum + count, 0)

const kernel = (distance: number) => exp(-0.5 * distance * distance) / Math.sqrt(2 * Math.PI)

function bandwidthOf(sample: readonly Counted[]): number {
  const n = total(sample)
  const mean = sample.reduce((sum, { value, count }) => sum + count * value, 0) / n
  const squares = sample.reduce((sum, { value, count }) => sum + count * (value - mean) * (value - mean), 0)
  const sd = Math.sqrt(squares / (n - 1))
  const middle = (quantile(sample, 0.75) - quantile(sample, 0.25)) / NORMAL_RANGE
  // Half of the values may be nearly equal.
  return 0.9 * (middle > SAME * sd ? Math.min(sd, middle) : sd) * power(n, -0.2)
}

/** Smallest value that at least this share of the sample does not exceed. */
function quantile(sample: readonly Counted[], share: number): number {
  let rest = share * total(sample)
  return sample.find(({ count }) => (rest -= count) <= 0)?.value ?? sample.at(-1)!.value
}
