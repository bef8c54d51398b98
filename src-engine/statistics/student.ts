/** Least and largest t between which the quantile is looked for: with one degree of freedom, t of 0.975 is 12.7. */
const LARGEST_T = 1e3
const HALVINGS = 80
const PI = 3.141592653589793

/**
 * Probability that Student's t with a whole number of degrees of freedom is at most `t`.
 * Closed form: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentProbability(t: number, freedom: number): number {
  const cosine = Math.sqrt(freedom / (freedom + t * t))
  const sine = t / Math.sqrt(freedom + t * t)
  const isOdd = freedom % 2 === 1
  let [term, sum] = [isOdd ? cosine : 1, 0]
  for (let k = isOdd ? 1 : 0; k <= freedom - 2; k += 2) {
    sum += term
    term *= cosine * cosine * (k + 1) / (k + 2)
  }
  const within = isOdd ? (2 / PI) * (arcTangent(t / Math.sqrt(freedom)) + sine * sum) : sine * sum
  return (1 + within) / 2
}

const quantiles = new Map<number, number>()

/** t that bounds the central 95 % of Student's distribution: 12.71 for one degree of freedom, 2.26 for nine. */
export function studentQuantile(freedom: number): number {
  const known = quantiles.get(freedom)
  if (known !== undefined) return known
  let [low, high] = [0, LARGEST_T]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (studentProbability(middle, freedom) < 0.975) low = middle
    else high = middle
  }
  quantiles.set(freedom, high)
  return high
}

/** The angle is halved three times, where 16 terms of the series suffice for all 53 bits. */
function arcTangent(x: number): number {
  let half = x
  for (let halving = 0; halving < 3; halving++) half /= 1 + Math.sqrt(1 + half * half)
  let [power, sum] = [half, 0]
  for (let term = 0; term < 16; term++) {
    sum += power / (2 * term + 1)
    power *= -half * half
  }
  return 8 * sum
}
