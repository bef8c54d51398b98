import { exp, ln, sinOfTurns } from './elementary.ts'

/**
 * Quantile of the standard normal distribution for 0 < p < 1, with a relative error of about 1e-15
 * (Wichura, algorithm AS 241, PPND16, Applied Statistics 37 (1988) 477).
 */
export function normalQuantile(p: number): number {
  const q = p - 0.5
  if (q >= -0.425 && q <= 0.425) return q * central(0.180625 - q * q)
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p))
  const z = r <= 5 ? intermediate(r - 1.6) : tail(r - 5)
  return q < 0 ? -z : z
}

function central(r: number): number {
  const numerator = ((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
    + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r + 133.14166789178437745) * r
    + 3.387132872796366608
  const denominator = ((((((5226.495278852854561 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
    + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1
  return numerator / denominator
}

function intermediate(r: number): number {
  const numerator = ((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
    + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r
    + 1.42343711074968357734
  const denominator = ((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
    + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1
  return numerator / denominator
}

function tail(r: number): number {
  const numerator = ((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
    + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r
    + 6.6579046435011037772
  const denominator = ((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
    + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1
  return numerator / denominator
}

/**
 * Distribution function Φ of the standard normal, with an absolute error below 1e-15
 * (Hart et al., Computer Approximations (1968), 5666; continued fraction from |x| = 7 on).
 */
export function normalCdf(x: number): number {
  const size = Math.abs(x)
  const tail = exp(-0.5 * size * size) * (size < 7 ? millsRatio(size) : 1 / (2.5066282746310002 * continuedFraction(size)))
  return x > 0 ? 1 - tail : tail
}

/** (1 − Φ(x))·e^(x²/2) for 0 ≤ x < 7. */
function millsRatio(x: number): number {
  const numerator = (((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x
    + 112.079291497871) * x + 221.213596169931) * x + 220.206867912376
  const denominator = ((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x
    + 296.564248779674) * x + 637.333633378831) * x + 793.826512519948) * x + 440.413735824752
  return numerator / denominator
}

const continuedFraction = (x: number) => x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))

/**
 * Two independent standard normals from one block of random words (Box and Muller, Ann. Math. Stat. 29 (1958) 610):
 * radius √(−2 ln u) with u = (⌊first/2⌋ + ½)·2^-31, direction second·2^-32 turns. Both are within ±6.7.
 */
export function boxMuller({ first, second }: { first: number; second: number }, pair: Float64Array): void {
  const radius = Math.sqrt(-2 * ln(((first >>> 1) + 0.5) * 2 ** -31))
  const turns = second * 2 ** -32
  pair[0] = radius * sinOfTurns(turns + 0.25)
  pair[1] = radius * sinOfTurns(turns)
}
