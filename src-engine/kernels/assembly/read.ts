import { exp4, ln4 } from './lanes'
import { normalPairs4, progression4 } from './random'

/** Two vectors of READ noise on their way. */
const noise = memory.data(32, 16)

/** See `startDrift` in ../read.ts; `length` is a multiple of four. */
export function startDrift(length: i32, exponent: f32, referenceAge: f32, conductance: usize, age: usize): void {
  if (exponent == 0) return
  for (let k: usize = 0; k < <usize>length << 2; k += 16) {
    const old = v128.load(age + k)
    const logarithm = ln4(f32x4.div(old, f32x4.splat(referenceAge)))
    const factor = exp4(f32x4.mul(logarithm, f32x4.splat(-exponent)))
    v128.store(conductance + k, f32x4.mul(v128.load(conductance + k), factor))
  }
}

/** (1 + x)^−ν by the first terms of its series: for x ≤ 1/32 off by less than 3e-8 at ν = 0.04, 1e-6 at ν = 1. */
// @ts-ignore: decorator
@inline
function drifted4(x: v128, exponent: f32): v128 {
  const one = f32x4.splat(1)
  const third = f32x4.sub(one, f32x4.mul(x, f32x4.splat((exponent + 2) / 3)))
  const second = f32x4.sub(one, f32x4.mul(f32x4.mul(x, f32x4.splat((exponent + 1) / 2)), third))
  return f32x4.sub(one, f32x4.mul(f32x4.mul(x, f32x4.splat(exponent)), second))
}

/** Conductance that four devices show `seconds` into the sequence, µS. */
// @ts-ignore: decorator
@inline
function observed4(
  conductance: v128, age: v128, normal: v128, seconds: f32, settled: bool,
  exponent: f32, noiseSlope: f32, noiseOffset: f32, smallest: f32, largest: f32,
): v128 {
  let shown = conductance
  if (exponent != 0) {
    const grown = f32x4.div(f32x4.splat(seconds), age)
    const factor = settled
      ? drifted4(grown, exponent)
      : exp4(f32x4.mul(ln4(f32x4.add(grown, f32x4.splat(1))), f32x4.splat(-exponent)))
    shown = f32x4.mul(shown, factor)
  }
  const deviation = f32x4.add(f32x4.mul(shown, f32x4.splat(noiseSlope)), f32x4.splat(noiseOffset))
  shown = f32x4.add(shown, f32x4.mul(normal, deviation))
  return f32x4.pmin(f32x4.pmax(shown, f32x4.splat(smallest)), f32x4.splat(largest))
}

/** See `readColumns` in ../read.ts. */
export function readColumns(
  offsets: usize, spikes: usize, step: i32,
  post: i32, pre: i32, pairs: i32, stride: i32, masked: bool, conductance: usize, age: usize, reads: usize,
  exponent: f32, noiseSlope: f32, noiseOffset: f32, smallest: f32, largest: f32, perConductance: f32,
  settled: bool, seconds: f32, moment: i32, key0: i32, key1: i32, current: usize,
): void {
  const noisy = noiseSlope != 0 || noiseOffset != 0
  const last = load<u32>(offsets + (<usize>(step + 1) << 2))
  const ofPost = pre * pairs
  const row = <usize>stride << 2
  if (!noisy) {
    v128.store(noise, f32x4.splat(0))
    v128.store(noise, f32x4.splat(0), 16)
  }
  for (let k = load<u32>(offsets + (<usize>step << 2)); k < last; k++) {
    const i = <i32>load<u16>(spikes + (<usize>k << 1))
    const counted = reads + (<usize>i << 2)
    store<u32>(counted, load<u32>(counted) + 1)
    const own = current + (<usize>i << 2)
    const before = masked ? load<f32>(own) : 0
    for (let p = 0; p < pairs; p++) {
      const pair = i * pairs + p
      const plus = <usize>pair * 2 * row
      for (let j = 0; j < post; j += 4) {
        const at = plus + (<usize>j << 2)
        if (noisy) normalPairs4(key0, key1, progression4(j * ofPost + pair, ofPost), moment, noise, noise + 16)
        const gPlus = observed4(
          v128.load(conductance + at), v128.load(age + at), v128.load(noise), seconds, settled,
          exponent, noiseSlope, noiseOffset, smallest, largest,
        )
        const gMinus = observed4(
          v128.load(conductance + at + row), v128.load(age + at + row), v128.load(noise, 16), seconds, settled,
          exponent, noiseSlope, noiseOffset, smallest, largest,
        )
        const into = current + (<usize>j << 2)
        const weight = f32x4.mul(f32x4.sub(gPlus, gMinus), f32x4.splat(perConductance))
        v128.store(into, f32x4.add(v128.load(into), weight))
      }
    }
    if (masked) store<f32>(own, before)
  }
}
