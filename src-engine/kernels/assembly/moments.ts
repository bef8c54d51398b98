import { exp4, join } from './lanes'
import { real, whole } from './parameters'
import { normalPairs8 } from './random'
import { drifted4 } from './read'

/** Scratch memory for the normals of 16 neurons: the first of each pair, then the second. */
const noise = memory.data(64, 16)

/** φ(z) */
// @ts-ignore: decorator
@inline
function density4(z: v128): v128 {
  return f32x4.mul(exp4(f32x4.mul(f32x4.mul(z, z), f32x4.splat(-0.5))), f32x4.splat(0.398942280))
}

/** Φ(z). The error is below 2e-7 (Abramowitz and Stegun, 26.2.17). */
// @ts-ignore: decorator
@inline
function cdf4(z: v128, density: v128): v128 {
  const one = f32x4.splat(1)
  const t = f32x4.div(one, join(one, f32x4.abs(z), f32x4.splat(0.2316419)))
  let sum = join(f32x4.splat(-1.821255978), t, f32x4.splat(1.330274429))
  sum = join(f32x4.splat(1.781477937), t, sum)
  sum = join(f32x4.splat(-0.356563782), t, sum)
  sum = join(f32x4.splat(0.319381530), t, sum)
  const tail = f32x4.mul(f32x4.mul(sum, t), density)
  return v128.bitselect(f32x4.sub(one, tail), tail, f32x4.gt(z, f32x4.splat(0)))
}

/** Bytes of one scratch array: 64 devices. */
const BLOCK: usize = 256

// Scratch arrays of a block. Each step of the computation runs over the whole block before the next: its operations depend on each
// other, but not on those of the next four devices, so the processor overlaps them.
const middle = memory.data(256, 16)
const change = memory.data(256, 16)
/** Distance to the lower limit and beyond the upper one, in standard deviations, with the density and Φ of each. */
const low = memory.data(256, 16)
const lowDensity = memory.data(256, 16)
const lowCdf = memory.data(256, 16)
const high = memory.data(256, 16)
const highDensity = memory.data(256, 16)
const highCdf = memory.data(256, 16)

/** See `sumMoments` in ../moments.ts. The pointers are to the column. Law, `from` and `until` are in the parameter block. */
export function sumMoments(
  column: i32, pairs: i32, stride: i32, masked: bool, settled: bool, conductance: usize, perAge: usize,
  mean: usize, meanChange: usize, variance: usize, varianceChange: usize,
): void {
  const row = <usize>stride << 2
  memory.fill(mean, 0, row)
  memory.fill(meanChange, 0, row)
  memory.fill(variance, 0, row)
  memory.fill(varianceChange, 0, row)
  for (let at: usize = 0; at < row; at += BLOCK) {
    const size = min(BLOCK, row - at)
    let device = at
    for (let k = 0; k < 2 * pairs; k++, device += row) {
      addDevices(
        size, settled, k & 1 ? -1 : 1, conductance + device, perAge + device,
        mean + at, meanChange + at, variance + at, varianceChange + at,
      )
    }
    toBeginning(size, mean + at, meanChange + at)
    toBeginning(size, variance + at, varianceChange + at)
  }
  if (!masked) return
  const own = <usize>column << 2
  store<f32>(mean + own, 0)
  store<f32>(meanChange + own, 0)
  store<f32>(variance + own, 0)
  store<f32>(varianceChange + own, 0)
}

/** Adds the moments of a block of devices. @param sign 1 for G⁺, −1 for G⁻ */
function addDevices(
  size: usize, settled: bool, sign: f32, conductance: usize, perAge: usize,
  mean: usize, meanChange: usize, variance: usize, varianceChange: usize,
): void {
  placeDevices(size, settled, conductance, perAge)
  fillDistribution(size, low, lowDensity, lowCdf)
  fillDistribution(size, high, highDensity, highCdf)
  for (let k: usize = 0; k < size; k += 16) {
    addMoments4(k, f32x4.splat(sign), mean + k, meanChange + k, variance + k, varianceChange + k)
  }
}

/** Conductances in the middle of the interval, their changes over it, and their distances to both limits. */
function placeDevices(size: usize, settled: bool, conductance: usize, perAge: usize): void {
  for (let k: usize = 0; k < size; k += 16) {
    const programmed = v128.load(conductance + k)
    const begin = drifted4(programmed, perAge + k, real(6), settled, real(0))
    const end = drifted4(programmed, perAge + k, real(7), settled, real(0))
    const mean = f32x4.mul(f32x4.add(begin, end), f32x4.splat(0.5))
    const deviation = deviation4(mean)
    v128.store(middle + k, mean)
    v128.store(change + k, f32x4.sub(end, begin))
    v128.store(low + k, f32x4.div(f32x4.sub(f32x4.splat(real(3)), mean), deviation))
    v128.store(high + k, f32x4.div(f32x4.sub(mean, f32x4.splat(real(4))), deviation))
  }
}

// @ts-ignore: decorator
@inline
function deviation4(conductance: v128): v128 {
  return join(f32x4.splat(real(2)), conductance, f32x4.splat(real(1)))
}

/** Density and Φ of each distance; 0 if no device of the block is near the limit. Beyond 6 deviations, clipping changes nothing. */
function fillDistribution(size: usize, distance: usize, density: usize, cdf: usize): void {
  let near = f32x4.splat(-6)
  for (let k: usize = 0; k < size; k += 16) near = f32x4.pmax(near, v128.load(distance + k))
  if (!v128.any_true(f32x4.gt(near, f32x4.splat(-6)))) {
    memory.fill(density, 0, size)
    memory.fill(cdf, 0, size)
    return
  }
  for (let k: usize = 0; k < size; k += 16) v128.store(density + k, density4(v128.load(distance + k)))
  for (let k: usize = 0; k < size; k += 16) v128.store(cdf + k, cdf4(v128.load(distance + k), v128.load(density + k)))
}

/** See `readMoments` in ../moments.ts. */
// @ts-ignore: decorator
@inline
function addMoments4(k: usize, sign: v128, mean: usize, meanChange: usize, variance: usize, varianceChange: usize): void {
  const a = v128.load(low + k)
  const c = v128.load(high + k)
  const ofA = v128.load(lowCdf + k)
  const ofC = v128.load(highCdf + k)
  const densityA = v128.load(lowDensity + k)
  const densityC = v128.load(highDensity + k)
  const slope = f32x4.splat(real(1))
  const deviation = deviation4(v128.load(middle + k))
  const changed = v128.load(change + k)
  const shift = f32x4.sub(join(densityA, a, ofA), join(densityC, c, ofC))
  const within = f32x4.sub(f32x4.sub(f32x4.splat(1), ofA), ofC)
  const first = f32x4.sub(densityA, densityC)
  const second = join(join(within, a, densityA), c, densityC)
  const square = join(join(second, f32x4.mul(a, a), ofA), f32x4.mul(c, c), ofC)
  const spread = f32x4.pmax(f32x4.splat(0), f32x4.sub(square, f32x4.mul(shift, shift)))
  const meanSlope = join(within, slope, first)
  const covariance = f32x4.sub(join(first, slope, second), f32x4.mul(shift, meanSlope))
  const varianceSlope = f32x4.mul(f32x4.add(deviation, deviation), covariance)
  addTo(mean, f32x4.mul(sign, join(v128.load(middle + k), deviation, shift)))
  addTo(meanChange, f32x4.mul(sign, f32x4.mul(changed, meanSlope)))
  addTo(variance, f32x4.mul(f32x4.mul(deviation, deviation), spread))
  addTo(varianceChange, f32x4.mul(changed, varianceSlope))
}

// @ts-ignore: decorator
@inline
function addTo(sum: usize, added: v128): void {
  v128.store(sum, f32x4.add(v128.load(sum), added))
}

/** From values in the middle of the interval to those at its beginning. */
function toBeginning(size: usize, value: usize, change: usize): void {
  for (let k: usize = 0; k < size; k += 16) {
    v128.store(value + k, join(v128.load(value + k), f32x4.splat(-0.5), v128.load(change + k)))
  }
}

/** See `readSums` in ../moments.ts. The reading is passed in the parameter block. */
export function readSums(
  offsets: usize, spikes: usize, step: i32, stride: i32, reads: usize,
  mean: usize, meanChange: usize, variance: usize, varianceChange: usize, current: usize,
): void {
  const from = spikes + (<usize>load<u32>(offsets + (<usize>step << 2)) << 1)
  const to = spikes + (<usize>load<u32>(offsets + (<usize>(step + 1) << 2)) << 1)
  for (let k = from; k < to; k += 2) {
    const counted = reads + (<usize>load<u16>(k) << 2)
    store<u32>(counted, load<u32>(counted) + 1)
  }
  for (let j = 0; j < stride; j += 8) {
    // A block of words has the noise of two neurons, so eight blocks have that of sixteen.
    if ((j & 8) == 0) normalPairs8(whole(1), whole(2), j >> 1, 1, whole(0), noise, noise + 32)
    const half: usize = (j & 8) << 1
    const first = v128.load(noise + half)
    const second = v128.load(noise + half, 32)
    const at = <usize>j << 2
    const row = <usize>stride << 2
    addSum4(
      from, to, row, v128.shuffle<f32>(first, second, 0, 4, 1, 5),
      mean + at, meanChange + at, variance + at, varianceChange + at, current + at,
    )
    addSum4(
      from, to, row, v128.shuffle<f32>(first, second, 2, 6, 3, 7),
      mean + at + 16, meanChange + at + 16, variance + at + 16, varianceChange + at + 16, current + at + 16,
    )
  }
}

// @ts-ignore: decorator
@inline
function addSum4(
  from: usize, to: usize, row: usize, normal: v128,
  mean: usize, meanChange: usize, variance: usize, varianceChange: usize, current: usize,
): void {
  const passed = f32x4.splat(real(7))
  let means = f32x4.splat(0)
  let variances = means
  for (let k = from; k < to; k += 2) {
    const at = <usize>load<u16>(k) * row
    means = f32x4.add(means, join(v128.load(mean + at), passed, v128.load(meanChange + at)))
    variances = f32x4.add(variances, join(v128.load(variance + at), passed, v128.load(varianceChange + at)))
  }
  const sum = join(means, f32x4.sqrt(f32x4.pmax(f32x4.splat(0), variances)), normal)
  v128.store(current, f32x4.add(v128.load(current), f32x4.mul(sum, f32x4.splat(real(5)))))
}
