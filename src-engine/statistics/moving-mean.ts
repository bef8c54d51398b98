/**
 * Mean of each value and those before it, `width` values in all, or as many as there are at the start. A value that is not finite makes
 * the means over it not finite; it is never skipped.
 */
export function movingMean(values: readonly number[], width: number): readonly number[] {
  if (width <= 1) return values
  return values.map((_, index) => {
    const first = Math.max(0, index + 1 - width)
    let sum = 0
    for (let k = first; k <= index; k++) sum += values[k]!
    return sum / (index + 1 - first)
  })
}
