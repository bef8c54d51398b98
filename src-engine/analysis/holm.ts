/**
 * Holm's step-down correction of p values for their number, in their order (Holm, Scand. J. Stat. 6 (1979) 65): a p counts as significant
 * where its corrected one is below the level, and of all true hypotheses together one is rejected no more often than that.
 * A test that gave no number is one of those that were made: it counts, as the least significant, and stays NaN.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => worthOf(p[a]) - worthOf(p[b]) || a - b)
  const corrected = new Array<number>(p.length)
  let largest = 0
  order.forEach((index, rank) => {
    if (Number.isNaN(p[index])) {
      corrected[index] = NaN
      return
    }
    largest = Math.max(largest, Math.min(1, (p.length - rank) * p[index]))
    corrected[index] = largest
  })
  return corrected
}

/** Above every p. */
const worthOf = (p: number) => (Number.isNaN(p) ? 2 : p)
