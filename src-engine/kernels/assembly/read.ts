import { exp4, ln4 } from './lanes'
import { real, whole } from './parameters'
import { normalPairs8 } from './random'

/** Scratch memory for the READ noise of eight pairs: eight normals for G⁺, then eight for G⁻. */
const noise = memory.data(64, 16)

/** See `startDrift` in ../read.ts. `length` is a multiple of four. */
export function startDrift(length: i32, exponent: f32, referenceAge: f32, conductance: usize, perAge: usize): void {
  if (exponent == 0) return
  for (let k: usize = 0; k < <usize>length << 2; k += 16) {
    const logarithm = ln4(f32x4.mul(v128.load(perAge + k), f32x4.splat(referenceAge)))
    const factor = exp4(f32x4.mul(logarithm, f32x4.splat(exponent)))
    v128.store(conductance + k, f32x4.mul(v128.load(conductance + k), factor))
  }
}

/** (1 + x)^−ν from the first terms of its series. For x ≤ 1/32 the error is below 3e-8 at ν = 0.04 and below 1e-6 at ν = 1. */
// @ts-ignore: decorator
@inline
function driftSeries4(x: v128, exponent: f32): v128 {
  const one = f32x4.splat(1)
  const third = f32x4.sub(one, f32x4.mul(x, f32x4.splat((exponent + 2) / 3)))
  const second = f32x4.sub(one, f32x4.mul(f32x4.mul(x, f32x4.splat((exponent + 1) / 2)), third))
  return f32x4.sub(one, f32x4.mul(f32x4.mul(x, f32x4.splat(exponent)), second))
}

/** Conductance of four devices, `seconds` into the sequence, free of READ noise, µS. */
// @ts-ignore: decorator
@inline
export function drifted4(conductance: v128, perAge: usize, seconds: f32, settled: bool, exponent: f32): v128 {
  if (exponent == 0) return conductance
  const grown = f32x4.mul(f32x4.splat(seconds), v128.load(perAge))
  const factor = settled
    ? driftSeries4(grown, exponent)
    : exp4(f32x4.mul(ln4(f32x4.add(grown, f32x4.splat(1))), f32x4.splat(-exponent)))
  return f32x4.mul(conductance, factor)
}

/** READ conductance of four devices, `seconds` into the sequence, µS. */
// @ts-ignore: decorator
@inline
function observed4(
  conductance: usize, perAge: usize, normal: usize, seconds: f32, settled: bool,
  exponent: f32, noiseSlope: f32, noiseOffset: f32, smallest: f32, largest: f32,
): v128 {
  const drifted = drifted4(v128.load(conductance), perAge, seconds, settled, exponent)
  const deviation = f32x4.add(f32x4.mul(drifted, f32x4.splat(noiseSlope)), f32x4.splat(noiseOffset))
  const shown = f32x4.add(drifted, f32x4.mul(v128.load(normal), deviation))
  return f32x4.pmin(f32x4.pmax(shown, f32x4.splat(smallest)), f32x4.splat(largest))
}

/** Adds the weights of four pairs to `current`. G⁻ is one row after G⁺. */
// @ts-ignore: decorator
@inline
function addPairs4(
  conductance: usize, perAge: usize, row: usize, normal: usize, seconds: f32, settled: bool,
  exponent: f32, noiseSlope: f32, noiseOffset: f32, smallest: f32, largest: f32, perConductance: f32, current: usize,
): void {
  const plus = observed4(
    conductance, perAge, normal, seconds, settled, exponent, noiseSlope, noiseOffset, smallest, largest,
  )
  const minus = observed4(
    conductance + row, perAge + row, normal + 32, seconds, settled, exponent, noiseSlope, noiseOffset, smallest, largest,
  )
  v128.store(current, f32x4.add(v128.load(current), f32x4.mul(f32x4.sub(plus, minus), f32x4.splat(perConductance))))
}

/** See `readColumns` in ../read.ts. Law and reading are passed in the parameter block. */
export function readColumns(
  offsets: usize, spikes: usize, step: i32,
  post: i32, pre: i32, pairs: i32, stride: i32, masked: bool, settled: bool,
  conductance: usize, perAge: usize, reads: usize, current: usize,
): void {
  const exponent = real(0)
  const noiseSlope = real(1)
  const noiseOffset = real(2)
  const smallest = real(3)
  const largest = real(4)
  const perConductance = real(5)
  const seconds = real(6)
  const readIndex = whole(0)
  const key0 = whole(1)
  const key1 = whole(2)
  const noisy = noiseSlope != 0 || noiseOffset != 0
  const last = load<u32>(offsets + (<usize>(step + 1) << 2))
  const ofPost = pre * pairs
  const row = <usize>stride << 2
  if (!noisy) memory.fill(noise, 0, 64)
  for (let k = load<u32>(offsets + (<usize>step << 2)); k < last; k++) {
    const i = <i32>load<u16>(spikes + (<usize>k << 1))
    const counted = reads + (<usize>i << 2)
    store<u32>(counted, load<u32>(counted) + 1)
    const own = current + (<usize>i << 2)
    const before = masked ? load<f32>(own) : 0
    for (let p = 0; p < pairs; p++) {
      const pair = i * pairs + p
      const plus = <usize>pair * 2 * row
      for (let j = 0; j < post; j += 8) {
        if (noisy) normalPairs8(key0, key1, j * ofPost + pair, ofPost, readIndex, noise, noise + 32)
        const column = <usize>j << 2
        const at = plus + column
        addPairs4(
          conductance + at, perAge + at, row, noise, seconds, settled,
          exponent, noiseSlope, noiseOffset, smallest, largest, perConductance, current + column,
        )
        addPairs4(
          conductance + at + 16, perAge + at + 16, row, noise + 16, seconds, settled,
          exponent, noiseSlope, noiseOffset, smallest, largest, perConductance, current + column + 16,
        )
      }
    }
    if (masked) store<f32>(own, before)
  }
}
