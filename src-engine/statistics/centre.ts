import { type Sample, sampleOf } from './samples.ts'
import { studentQuantile } from './student.ts'

/** Spreads that can be drawn around each centre, the first by default. */
export const spreadsOf = {
  mean: ['range', 'sd', 'se', 'interval', 'none'],
  median: ['range', 'quartiles', 'interval', 'none'],
} as const
export type Centre = keyof typeof spreadsOf
export type Spread = typeof spreadsOf[Centre][number]

/** A sample as its centre and the ends of its spread; null if the sample is too small for the spread, or none is wanted. */
export interface Centred {
  centre: number
  ends: readonly [low: number, high: number] | null
}

/** Fewest values for which the 95 % interval of the median exists: 1 − 2 · ½⁶ ≥ 0.95. */
export const LEAST_FOR_MEDIAN = 6

/** Centre and spread. A value that is not a number makes all of them NaN; it is never dropped. */
export function centred(values: readonly number[], centre: Centre, spread: Spread): Centred {
  return centre === 'mean' ? aroundMean(values, spread) : aroundMedian(values, spread)
}

function aroundMean(values: readonly number[], spread: Spread): Centred {
  const sample = sampleOf(values)
  const half = halfWidth(sample, spread)
  if (spread === 'range' && values.length > 1) return { centre: sample.mean, ends: [Math.min(...values), Math.max(...values)] }
  return { centre: sample.mean, ends: half === null ? null : [sample.mean - half, sample.mean + half] }
}

function halfWidth({ n, sd }: Sample, spread: Spread): number | null {
  if (sd === null) return null
  switch (spread) {
    case 'sd': return sd
    case 'se': return standardError(n, sd)
    case 'interval': return studentQuantile(n - 1) * standardError(n, sd)
    default: return null
  }
}

/** Standard error of the mean. */
export const standardError = (n: number, sd: number) => sd / Math.sqrt(n)

/** 95 % interval of the mean by Student's t, for values that are about normally distributed; null for fewer than two. */
export const meanInterval = (values: readonly number[]): readonly [number, number] | null => aroundMean(values, 'interval').ends

function aroundMedian(values: readonly number[], spread: Spread): Centred {
  if (values.some(Number.isNaN)) return { centre: NaN, ends: spread === 'none' ? null : [NaN, NaN] }
  const sorted = Float64Array.from(values).sort()
  const centre = quantileOf(sorted, 0.5)
  if (sorted.length < 2) return { centre, ends: null }
  switch (spread) {
    case 'range': return { centre, ends: [sorted[0]!, sorted[sorted.length - 1]!] }
    case 'quartiles': return { centre, ends: [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)] }
    case 'interval': return { centre, ends: medianInterval(sorted) }
    default: return { centre, ends: null }
  }
}

/**
 * 95 % interval of the median between two of the sorted values, whatever their distribution (the sign test inverted: Conover, Practical
 * Nonparametric Statistics, 3.2). It contains the median in at least 95 % of cases. Null for fewer than six values.
 */
function medianInterval(sorted: Float64Array): readonly [number, number] | null {
  const n = sorted.length
  let [share, tail, outside] = [2 ** -n, 0, 0]
  for (let k = 0; k < n / 2; k++) {
    if (2 * (tail + share) > 0.05) break
    tail += share
    outside = k + 1
    share *= (n - k) / (k + 1)
  }
  return outside === 0 ? null : [sorted[outside - 1]!, sorted[n - outside]!]
}

/** Quantile of sorted values, interpolated linearly between the two nearest; NaN without any. */
export function quantileOf(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  const part = position - below
  const [low, high] = [sorted[below]!, sorted[Math.min(below + 1, sorted.length - 1)]!]
  return part === 0 || low === high ? low : low + part * (high - low)
}
