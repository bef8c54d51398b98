/** Distribution of a repeated measurement. */
export interface Spread {
  median: number
  lowerQuartile: number
  upperQuartile: number
  least: number
  most: number
  /** Number of measurements. */
  runs: number
}

/** Quartiles are interpolated linearly between neighbouring values. */
export function spreadOf(values: number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: quantile(sorted, 0.5),
    lowerQuartile: quantile(sorted, 0.25),
    upperQuartile: quantile(sorted, 0.75),
    least: quantile(sorted, 0),
    most: quantile(sorted, 1),
    runs: sorted.length,
  }
}

export const medianOf = (values: number[]) => spreadOf(values).median

/** NaN for an empty array. */
function quantile(sorted: number[], share: number): number {
  if (sorted.length === 0) return NaN
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const above = Math.ceil(place)
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!)
}
