import { real } from './parameters'

// A decay factor is multiplied repeatedly. In float32 a trace would be off by 1e-6 after its 30 steps, so these products are
// computed in float64 and rounded once.

// @ts-ignore: decorator
@inline
function low64(x: v128): v128 {
  return f64x2.promote_low_f32x4(x)
}

// @ts-ignore: decorator
@inline
function high64(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 0))
}

// @ts-ignore: decorator
@inline
function from64(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2)
}

/** See `spikeTraces` in ../traces.ts. */
export function spikeTraces(
  steps: i32, width: i32, decay: f64, gain: f32, delay: i32, offsets: usize, spikes: usize, traces: usize,
): void {
  const row = <usize>width << 2
  memory.fill(traces, 0, row)
  if (delay == 0) addSpikes(0, gain, offsets, spikes, traces)
  for (let t = 1; t < steps; t++) {
    const now = traces + <usize>t * row
    decayRow(row, decay, now - row, now)
    addSpikes(t - delay, gain, offsets, spikes, now)
  }
}

// @ts-ignore: decorator
@inline
function decayRow(row: usize, decay: f64, from: usize, to: usize): void {
  const factor = f64x2.splat(decay)
  let k: usize = 0
  for (; k + 16 <= row; k += 16) {
    const before = v128.load(from + k)
    v128.store(to + k, from64(f64x2.mul(factor, low64(before)), f64x2.mul(factor, high64(before))))
  }
  for (; k < row; k += 4) store<f32>(to + k, <f32>(decay * <f64>load<f32>(from + k)))
}

// @ts-ignore: decorator
@inline
function addSpikes(step: i32, gain: f32, offsets: usize, spikes: usize, row: usize): void {
  const last = load<u32>(offsets + (<usize>(step + 1) << 2))
  for (let k = load<u32>(offsets + (<usize>step << 2)); k < last; k++) {
    const own = row + (<usize>load<u16>(spikes + (<usize>k << 1)) << 2)
    store<f32>(own, load<f32>(own) + gain)
  }
}

/** See `surrogates` in ../traces.ts. The law is in the parameter block. */
export function surrogates(length: i32, membrane: usize, psi: usize): i32 {
  const threshold = real(16)
  const width = real(17)
  const peak = real(18)
  const end = <usize>length << 2
  let k: usize = 0
  let counts = i32x4.splat(0)
  for (; k + 16 <= end; k += 16) {
    const heights = surrogate4(v128.load(membrane + k), threshold, width, peak)
    v128.store(psi + k, heights)
    // A lane of a comparison is −1 where it holds.
    counts = i32x4.sub(counts, f32x4.eq(heights, f32x4.splat(0)))
  }
  let zeros = i32x4.extract_lane(counts, 0) + i32x4.extract_lane(counts, 1)
    + i32x4.extract_lane(counts, 2) + i32x4.extract_lane(counts, 3)
  for (; k < end; k += 4) {
    const height = surrogate(load<f32>(membrane + k), threshold, width, peak)
    store<f32>(psi + k, height)
    if (height == 0) zeros += 1
  }
  return zeros
}

// @ts-ignore: decorator
@inline
function surrogate4(v: v128, threshold: f32, width: f32, peak: f32): v128 {
  const distance = f32x4.abs(f32x4.sub(v, f32x4.splat(threshold)))
  const height = f32x4.sub(f32x4.splat(1), f32x4.div(distance, f32x4.splat(width)))
  // pmax(0, NaN) is 0, so NaN gives 0 as in the reference.
  return f32x4.mul(f32x4.splat(peak), f32x4.pmax(f32x4.splat(0), height))
}

// @ts-ignore: decorator
@inline
function surrogate(v: f32, threshold: f32, width: f32, peak: f32): f32 {
  const height = <f32>1 - abs(v - threshold) / width
  return height > 0 ? peak * height : 0
}

/** See `learningSignals` in ../traces.ts. */
export function learningSignals(
  steps: i32, neurons: i32, outputs: i32, base: usize, feedback: usize, error: usize, signal: usize,
): void {
  const row = <usize>neurons << 2
  for (let t = 0; t < steps; t++) {
    const now = signal + <usize>t * row
    memory.copy(now, base, row)
    for (let o = 0; o < outputs; o++) {
      addScaledRow(row, load<f32>(error + (<usize>(t * outputs + o) << 2)), feedback + <usize>o * row, now)
    }
  }
}

/** to += factor·from */
// @ts-ignore: decorator
@inline
function addScaledRow(row: usize, factor: f32, from: usize, to: usize): void {
  let k: usize = 0
  for (; k + 16 <= row; k += 16) {
    v128.store(to + k, f32x4.add(v128.load(to + k), f32x4.mul(f32x4.splat(factor), v128.load(from + k))))
  }
  for (; k < row; k += 4) store<f32>(to + k, load<f32>(to + k) + factor * load<f32>(from + k))
}

/** See `spikeWeights` in ../traces.ts. */
export function spikeWeights(
  steps: i32, neurons: i32, outputs: i32, alpha: f64, kappa: f64, gain: f64,
  base: usize, pull: usize, feedback: usize, error: usize, filtered: usize, weights: usize,
): void {
  const row = <usize>neurons << 2
  memory.fill(filtered, 0, row)
  for (let t = steps - 1; t >= 0; t--) {
    const now = weights + <usize>t * row
    // No step follows the last one: the values read in its place are multiplied by 0.
    const isLast = t == steps - 1
    weighRow(
      row, outputs, isLast ? 0 : alpha, kappa, gain, base, pull, feedback,
      error + (<usize>(t * outputs) << 2), filtered, now, isLast ? pull : now + row,
    )
  }
}

// @ts-ignore: decorator
@inline
function weighRow(
  row: usize, outputs: i32, alpha: f64, kappa: f64, gain: f64,
  base: usize, pull: usize, feedback: usize, error: usize, filtered: usize, weights: usize, later: usize,
): void {
  let k: usize = 0
  for (; k + 16 <= row; k += 16) {
    let signal = v128.load(base + k)
    for (let o = 0; o < outputs; o++) {
      const ofOutput = v128.load32_splat(error + (<usize>o << 2))
      signal = f32x4.add(signal, f32x4.mul(ofOutput, v128.load(feedback + <usize>o * row + k)))
    }
    const before = v128.load(filtered + k)
    const now = from64(
      f64x2.add(f64x2.mul(f64x2.splat(gain), low64(signal)), f64x2.mul(f64x2.splat(kappa), low64(before))),
      f64x2.add(f64x2.mul(f64x2.splat(gain), high64(signal)), f64x2.mul(f64x2.splat(kappa), high64(before))),
    )
    const height = f32x4.mul(v128.load(weights + k), f32x4.add(now, v128.load(pull + k)))
    const after = v128.load(later + k)
    v128.store(filtered + k, now)
    v128.store(weights + k, from64(
      f64x2.add(low64(height), f64x2.mul(f64x2.splat(alpha), low64(after))),
      f64x2.add(high64(height), f64x2.mul(f64x2.splat(alpha), high64(after))),
    ))
  }
  for (; k < row; k += 4) {
    let signal = load<f32>(base + k)
    for (let o = 0; o < outputs; o++) {
      signal += load<f32>(error + (<usize>o << 2)) * load<f32>(feedback + <usize>o * row + k)
    }
    const now = <f32>(gain * <f64>signal + kappa * <f64>load<f32>(filtered + k))
    const height = load<f32>(weights + k) * (now + load<f32>(pull + k))
    store<f32>(filtered + k, now)
    store<f32>(weights + k, <f32>(<f64>height + alpha * <f64>load<f32>(later + k)))
  }
}
