import { boxMuller4 } from './lanes'

const PARITY: i32 = 0x1bd11bda

/** y after one round of Threefry; x is already the sum x + y. */
// @ts-ignore: decorator
@inline
function mix(x: v128, y: v128, turn: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(y, turn), i32x4.shr_u(y, 32 - turn)), x)
}

/**
 * Eight pairs of standard normals: the first of each pair goes to `first`, the second to `second`. The words come from Threefry-2x32
 * with 20 rounds (threefry.ts) at the counters (start + k·stride, readIndex). Each round depends on the one before, so two vectors of
 * counters, (x, y) and (u, v), are interleaved. Without the loop they would be computed one after the other.
 */
// @ts-ignore: decorator
@inline
export function normalPairs8(
  key0: i32, key1: i32, start: i32, stride: i32, readIndex: i32, first: usize, second: usize,
): void {
  let now = i32x4.splat(key1)
  let next = i32x4.splat(PARITY ^ key0 ^ key1)
  let last = i32x4.splat(key0)
  const four = i32x4.mul(i32x4.splat(stride), i32x4(0, 1, 2, 3))
  let x = i32x4.add(i32x4.splat(start + key0), four)
  let u = i32x4.add(x, i32x4.splat(4 * stride))
  let y = i32x4.splat(readIndex + key1)
  let v = y
  for (let round = 4; ; round += 8) {
    x = i32x4.add(x, y); y = mix(x, y, 13); u = i32x4.add(u, v); v = mix(u, v, 13)
    x = i32x4.add(x, y); y = mix(x, y, 15); u = i32x4.add(u, v); v = mix(u, v, 15)
    x = i32x4.add(x, y); y = mix(x, y, 26); u = i32x4.add(u, v); v = mix(u, v, 26)
    x = i32x4.add(x, y); y = mix(x, y, 6); u = i32x4.add(u, v); v = mix(u, v, 6)
    x = i32x4.add(x, now)
    u = i32x4.add(u, now)
    const afterFour = i32x4.add(next, i32x4.splat(round >> 2))
    y = i32x4.add(y, afterFour)
    v = i32x4.add(v, afterFour)
    if (round == 20) break
    x = i32x4.add(x, y); y = mix(x, y, 17); u = i32x4.add(u, v); v = mix(u, v, 17)
    x = i32x4.add(x, y); y = mix(x, y, 29); u = i32x4.add(u, v); v = mix(u, v, 29)
    x = i32x4.add(x, y); y = mix(x, y, 16); u = i32x4.add(u, v); v = mix(u, v, 16)
    x = i32x4.add(x, y); y = mix(x, y, 24); u = i32x4.add(u, v); v = mix(u, v, 24)
    x = i32x4.add(x, next)
    u = i32x4.add(u, next)
    const afterEight = i32x4.add(last, i32x4.splat((round >> 2) + 1))
    y = i32x4.add(y, afterEight)
    v = i32x4.add(v, afterEight)
    const kept = now
    now = last
    last = next
    next = kept
  }
  boxMuller4(x, y, first, second)
  boxMuller4(u, v, first + 16, second + 16)
}

/** See `normalPairs` in ../draws.ts. The length of `first` and `second` is a multiple of eight. */
export function normalPairs(
  key0: i32, key1: i32, start: i32, stride: i32, readIndex: i32, count: i32, first: usize, second: usize,
): void {
  for (let k = 0; k < count; k += 8) {
    const offset = <usize>k << 2
    normalPairs8(key0, key1, start + k * stride, stride, readIndex, first + offset, second + offset)
  }
}
