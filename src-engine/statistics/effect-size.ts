import { sampleOf } from './samples.ts'

/**
 * Mean difference of pairs in standard deviations of the differences, d_z (Cohen, Statistical Power Analysis, 1988, 2.3). Null for fewer
 * than two pairs, or if all differences are equal.
 */
export function effectOfDifferences(differences: readonly number[]): number | null {
  const { mean, sd } = sampleOf(differences)
  return sd ? mean / sd : null
}

/**
 * Difference of two means in pooled standard deviations, g, with Hedges' correction for small samples, 1 − 3/(4·(n₁ + n₂) − 9)
 * (Hedges, J. Educ. Stat. 6 (1981) 107). Null if a sample has fewer than two values, or without a spread.
 */
export function effectOfSamples(a: readonly number[], b: readonly number[]): number | null {
  const [own, other] = [sampleOf(a), sampleOf(b)]
  if (own.sd === null || other.sd === null) return null
  const freedom = own.n + other.n - 2
  const pooled = Math.sqrt(((own.n - 1) * own.sd * own.sd + (other.n - 1) * other.sd * other.sd) / freedom)
  return pooled ? ((own.mean - other.mean) / pooled) * (1 - 3 / (4 * freedom - 1)) : null
}
