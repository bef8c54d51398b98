/** Mean and spread of a sample. A NaN value makes both NaN; it is never dropped. */
export interface Sample {
  n: number
  mean: number
  /** Sample standard deviation, with n − 1; null for fewer than two values. */
  sd: number | null
}

export function sampleOf(values: ArrayLike<number>): Sample {
  const n = values.length
  const mean = meanOf(values)
  if (n < 2) return { n, mean, sd: null }
  let squares = 0
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) * (values[i]! - mean)
  return { n, mean, sd: Math.sqrt(squares / (n - 1)) }
}

/** Mean; NaN for an empty sample. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum / values.length
}
