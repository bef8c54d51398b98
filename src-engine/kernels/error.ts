/** Σ (a − b)² over two arrays of equal length. */
export function squaredError(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) {
    const difference = a[k]! - b[k]!
    sum += difference * difference
  }
  return sum
}
