// Functions of four float32 lanes. They use only IEEE operations, so they give the same bits on every machine.
// scripts/fit-polynomials.ts computes the polynomials. They are evaluated in pairs (Estrin's scheme), which shortens the chain of
// dependent operations.

// Coefficients are in memory: one instruction loads one into all lanes, while building it in place takes three.
const LN = memory.data<f32>([
  -0.499999976, 0.333333300, -0.250007812, 0.200012345, -0.166266456, 0.142048560, -0.131275557, 0.127226728, -0.0767364147,
], 16)
const EXP = memory.data<f32>([1, 1.00000004, 0.500000005, 0.166664155, 0.0416663529, 0.00837512640, 0.00139411084], 16)
const SINE = memory.data<f32>([0.999999996, -0.166666579, 0.00833305017, -0.000198090174, 0.00000260510764], 16)
const COSINE = memory.data<f32>([0.999999953, -0.499999048, 0.0416635732, -0.00138536295, 0.0000231524167], 16)
/** 1, ½, −2, ln 2, 2^-31, π·2^-32 */
const FACTORS = memory.data<f32>([1, 0.5, -2, 0.693147181, 4.656612873e-10, 7.31459041e-10], 16)
/** Bits of √½ in float32; mask of sign and exponent; mask of all bits except the sign */
const BITS = memory.data<u32>([0x3f3504f3, 0xff800000, 0x7fffffff], 16)

/** Number k of a table, in all lanes. */
// @ts-ignore: decorator
@inline
function entry(table: usize, k: usize): v128 {
  return v128.load32_splat(table + (k << 2))
}

/** a + b·x */
// @ts-ignore: decorator
@inline
export function join(a: v128, b: v128, x: v128): v128 {
  return f32x4.add(a, f32x4.mul(b, x))
}

/** Two adjacent terms of a polynomial, divided by x^k. */
// @ts-ignore: decorator
@inline
function terms(table: usize, k: usize, x: v128): v128 {
  return join(entry(table, k), entry(table, k + 1), x)
}

/** ln(1 + f) for √½ ≤ 1 + f ≤ √2. The error is below 1e-7. */
// @ts-ignore: decorator
@inline
function lnNearOne4(f: v128): v128 {
  const f2 = f32x4.mul(f, f)
  const f4 = f32x4.mul(f2, f2)
  const low = join(terms(LN, 0, f), terms(LN, 2, f), f2)
  const high = join(terms(LN, 4, f), terms(LN, 6, f), f2)
  return join(f, join(low, join(high, entry(LN, 8), f4), f4), f2)
}

/** Bits of x minus those of √½. They give the exponent of x = mantissa·2^exponent with a mantissa from √½ to √2. */
// @ts-ignore: decorator
@inline
function aboveRootHalf4(x: v128): v128 {
  return i32x4.sub(x, entry(BITS, 0))
}

// @ts-ignore: decorator
@inline
function mantissaLessOne4(x: v128, aboveRootHalf: v128): v128 {
  return f32x4.sub(i32x4.sub(x, v128.and(aboveRootHalf, entry(BITS, 1))), entry(FACTORS, 0))
}

// @ts-ignore: decorator
@inline
function lnOfExponent4(ofMantissa: v128, aboveRootHalf: v128): v128 {
  return join(ofMantissa, f32x4.convert_i32x4_s(i32x4.shr_s(aboveRootHalf, 23)), entry(FACTORS, 3))
}

/** Natural logarithm of positive normal numbers. The error is below 1.2e-7·max(|ln x|, 1). */
// @ts-ignore: decorator
@inline
export function ln4(x: v128): v128 {
  const above = aboveRootHalf4(x)
  return lnOfExponent4(lnNearOne4(mantissaLessOne4(x, above)), above)
}

/** e^x, with x clipped to ±87. The relative error is below 2e-7 + 6e-8·|x|. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const within = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-87)), f32x4.splat(87))
  const k = f32x4.nearest(f32x4.mul(within, f32x4.splat(1.44269504)))
  // ln 2 is split into two parts. The first has so few digits that k times it is exact.
  const r = join(join(within, k, f32x4.splat(-0.693359375)), k, f32x4.splat(2.12194440e-4))
  const r2 = f32x4.mul(r, r)
  const low = join(terms(EXP, 0, r), terms(EXP, 2, r), r2)
  const high = join(terms(EXP, 4, r), entry(EXP, 6), r2)
  const series = join(low, high, f32x4.mul(r2, r2))
  return f32x4.mul(series, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23))
}

/** a + b·x + c·x² + d·x³ + e·x⁴ */
// @ts-ignore: decorator
@inline
function quartic(table: usize, x: v128): v128 {
  const x2 = f32x4.mul(x, x)
  return join(terms(table, 0, x), join(terms(table, 2, x), entry(table, 4), x2), x2)
}

/**
 * Two standard normals from each pair of words (Box and Muller): radius √(−2 ln u) with u = (⌊x/2⌋ + ½)·2^-31,
 * direction y·2^-32 turns, from the sine and cosine of half the angle. The results are within ±6.7 and the error is below 2e-6.
 */
// @ts-ignore: decorator
@inline
export function boxMuller4(x: v128, y: v128, first: usize, second: usize): void {
  const radius = radius4(i32x4.shr_u(x, 1))
  const half = f32x4.mul(f32x4.convert_i32x4_s(y), entry(FACTORS, 5))
  const q = f32x4.mul(half, half)
  const sine = f32x4.mul(half, quartic(SINE, q))
  const twice = f32x4.add(sine, sine)
  v128.store(first, f32x4.mul(radius, f32x4.sub(entry(FACTORS, 0), f32x4.mul(twice, sine))))
  v128.store(second, f32x4.mul(radius, f32x4.mul(twice, quartic(COSINE, q))))
}

/** √(−2 ln u) with u = (n + ½)·2^-31. For u above √½ it uses 1 − u, which is more precise there. */
// @ts-ignore: decorator
@inline
function radius4(n: v128): v128 {
  const u = share4(n)
  const above = aboveRootHalf4(u)
  const rest = share4(v128.xor(n, entry(BITS, 2)))
  const f = v128.bitselect(f32x4.neg(rest), mantissaLessOne4(u, above), i32x4.ge_s(above, i32x4.splat(0)))
  return f32x4.sqrt(f32x4.mul(entry(FACTORS, 2), lnOfExponent4(lnNearOne4(f), above)))
}

/** (n + ½)·2^-31 */
// @ts-ignore: decorator
@inline
function share4(n: v128): v128 {
  return f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(n), entry(FACTORS, 1)), entry(FACTORS, 4))
}
