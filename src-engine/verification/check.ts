/** One comparison with a reference value. It passes if |measured − expected| ≤ tolerance. */
export interface Check {
  name: string
  measured: number
  expected: number
  tolerance: number
  pass: boolean
}

export const check = (name: string, measured: number, expected: number, tolerance: number): Check => ({
  name, measured, expected, tolerance, pass: Math.abs(measured - expected) <= tolerance,
})

/** The largest |a − b|, NaN if any is NaN. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN
  let largest = 0
  for (let k = 0; k < a.length; k++) {
    const difference = Math.abs(a[k]! - b[k]!)
    if (!(difference <= largest)) largest = difference
  }
  return largest
}
