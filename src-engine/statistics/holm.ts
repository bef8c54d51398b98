/**
 * Corrects p values for multiple testing by Holm's step-down procedure (Holm, Scand. J. Stat. 6 (1979) 65). The result keeps the
 * input order. Rejecting every hypothesis with a corrected p below the level keeps the family-wise error rate at or below it.
 * A NaN still counts as a test: it ranks as least significant and stays NaN.
 */
export function holm(p: readonly number[]): number[] {
  const order = p.map((_, index) => index).sort((a, b) => sortKeyOf(p[a]!) - sortKeyOf(p[b]!) || a - b)
  const corrected = new Array<number>(p.length)
  let largest = 0
  order.forEach((index, rank) => {
    if (Number.isNaN(p[index])) {
      corrected[index] = NaN
      return
    }
    largest = Math.max(largest, Math.min(1, (p.length - rank) * p[index]!))
    corrected[index] = largest
  })
  return corrected
}

/** NaN sorts after every p. */
const sortKeyOf = (p: number) => (Number.isNaN(p) ? 2 : p)
