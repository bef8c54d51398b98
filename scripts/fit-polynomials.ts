// Fits the polynomials of src-engine/kernels/assembly/lanes.ts to the float64 functions and prints them with their errors.
// Usage: node scripts/fit-polynomials.ts
import { exp, ln } from '../src-engine/kernels/elementary.ts'

interface Fit {
  name: string
  of: (x: number) => number
  from: number
  to: number
  degree: number
}

const quarterTurn = (Math.PI / 2) ** 2

const fits: Fit[] = [
  { name: '(ln(1 + f) − f)/f²', of: (f) => (Math.abs(f) < 1e-5 ? -0.5 + f / 3 : (ln(1 + f) - f) / (f * f)), from: Math.SQRT1_2 - 1, to: Math.SQRT2 - 1, degree: 8 },
  { name: 'e^r', of: exp, from: -Math.LN2 / 2, to: Math.LN2 / 2, degree: 6 },
  { name: 'sin(φ)/φ in φ²', of: (q) => (q < 1e-12 ? 1 : Math.sin(Math.sqrt(q)) / Math.sqrt(q)), from: 0, to: quarterTurn, degree: 4 },
  { name: 'cos(φ) in φ²', of: (q) => Math.cos(Math.sqrt(Math.max(q, 0))), from: 0, to: quarterTurn, degree: 4 },
]

/** Interpolates at the Chebyshev nodes, which is within a small factor of the best polynomial. */
function coefficientsOf({ of, from, to, degree }: Fit): number[] {
  const nodes = Array.from({ length: degree + 1 }, (_, k) =>
    (from + to) / 2 + ((to - from) / 2) * Math.cos((Math.PI * (k + 0.5)) / (degree + 1)))
  return solve(nodes.map((x) => nodes.map((_, power) => x ** power)), nodes.map(of))
}

/** Solves a linear system by Gaussian elimination with partial pivoting. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, k) => [...row, right[k]])
  for (let column = 0; column < rows.length; column++) {
    const pivot = rows.slice(column).reduce((best, row) => (Math.abs(row[column]!) > Math.abs(best[column]!) ? row : best))
    rows[rows.indexOf(pivot)] = rows[column]!
    rows[column] = pivot
    for (const row of rows.slice(column + 1)) {
      const factor = row[column]! / pivot[column]!
      for (let k = column; k <= rows.length; k++) row[k]! -= factor * pivot[k]!
    }
  }
  const solution = new Array<number>(rows.length).fill(0)
  for (let k = rows.length - 1; k >= 0; k--) {
    const known = solution.reduce((sum, value, j) => sum + (j > k ? value * rows[k]![j]! : 0), 0)
    solution[k] = (rows[k]![rows.length]! - known) / rows[k]![k]!
  }
  return solution
}

/** Largest relative error with the coefficients rounded to float32. */
function errorOf(fit: Fit, coefficients: number[]): number {
  let worst = 0
  for (let k = 0; k <= 10_000; k++) {
    const x = fit.from + ((fit.to - fit.from) * k) / 10_000
    const value = coefficients.reduceRight((sum, c) => sum * x + Math.fround(c), 0)
    worst = Math.max(worst, Math.abs(value / fit.of(x) - 1))
  }
  return worst
}

for (const fit of fits) {
  const coefficients = coefficientsOf(fit)
  console.log(`${fit.name}: relative error ${errorOf(fit, coefficients).toExponential(1)}`)
  console.log(coefficients.map((c) => c.toPrecision(9)).join(', '))
}
