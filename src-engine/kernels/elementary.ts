/**
 * Elementary functions that use only IEEE additions, multiplications, divisions and square roots.
 * JavaScript leaves the last bits of Math.exp and similar functions to the implementation. These give the same bits everywhere.
 */

const LN2_HIGH = 6.93147180369123816490e-1
const LN2_LOW = 1.90821492927058770002e-10
const TWO_PI = 2 * Math.PI

const word = new Float64Array(1)
const halves = new Uint32Array(word.buffer)

/** Exact 2^k for −1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  halves[0] = 0
  halves[1] = (k + 1023) << 20
  return word[0]!
}

/** Natural logarithm. The relative error is below 4e-16 for positive normal numbers. */
export function ln(x: number): number {
  if (!(x > 0) || x === Infinity) return x === 0 ? -Infinity : x === Infinity ? Infinity : NaN
  if (x < 2.2250738585072014e-308) return ln(x * 2 ** 54) - 54 * LN2_HIGH - 54 * LN2_LOW
  word[0] = x
  let exponent = (halves[1]! >>> 20) - 1023
  halves[1] = (halves[1]! & 0xfffff) | (1023 << 20)
  let mantissa = word[0]
  if (mantissa > Math.SQRT2) {
    mantissa *= 0.5
    exponent += 1
  }
  const s = (mantissa - 1) / (mantissa + 1)
  const q = s * s
  const tail = q * (2 / 3 + q * (2 / 5 + q * (2 / 7 + q * (2 / 9 + q * (2 / 11 + q * (2 / 13
    + q * (2 / 15 + q * (2 / 17 + q * (2 / 19 + q * (2 / 21))))))))))
  return exponent * LN2_HIGH + (2 * s + (s * tail + exponent * LN2_LOW))
}

/** e^x. The relative error is below 4e-16 if the result is a normal number. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (x > 709.782712893384) return Infinity
  if (x < -745.2) return 0
  const k = Math.round(x * Math.LOG2E)
  const r = x - k * LN2_HIGH - k * LN2_LOW
  const series = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * (1 / 5040
    + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800 + r * (1 / 479001600 + r / 6227020800))))))))))))
  const half = Math.trunc(k / 2)
  return series * powerOfTwo(half) * powerOfTwo(k - half)
}

/** x^y for positive x. The relative error grows with |y·ln x|. */
export const power = (x: number, y: number): number => exp(y * ln(x))

/** sin(2π·turns). The absolute error is below 2e-16 for |turns| up to 2^20. */
export function sinOfTurns(turns: number): number {
  const fraction = turns - Math.round(turns)
  const quarter = Math.round(fraction * 4)
  const angle = (fraction - quarter / 4) * TWO_PI
  if (quarter === 0) return sine(angle)
  if (quarter === 1) return cosine(angle)
  if (quarter === -1) return -cosine(angle)
  return -sine(angle)
}

function sine(a: number): number {
  const q = a * a
  return a * (1 - q * (1 / 6 - q * (1 / 120 - q * (1 / 5040 - q * (1 / 362880 - q * (1 / 39916800
    - q * (1 / 6227020800 - q / 1307674368000)))))))
}

function cosine(a: number): number {
  const q = a * a
  return 1 - q * (1 / 2 - q * (1 / 24 - q * (1 / 720 - q * (1 / 40320 - q * (1 / 3628800
    - q * (1 / 479001600 - q * (1 / 87178291200 - q / 20922789888000)))))))
}
