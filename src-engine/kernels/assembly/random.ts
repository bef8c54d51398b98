import { boxMuller4 } from './lanes'

const PARITY: i32 = 0x1bd11bda

/** y after one round of Threefry, x being the sum already. */
// @ts-ignore: decorator
@inline
function mix(x: v128, y: v128, turn: i32): v128 {
  return v128.xor(v128.or(i32x4.shl(y, turn), i32x4.shr_u(y, 32 - turn)), x)
}

/**
 * Four pairs of standard normals, the first of each pair to `first`, the second to `second`: Threefry-2x32 with
 * 20 rounds of the counters (i, j), four numbers i at once (threefry.ts).
 */
// @ts-ignore: decorator
@inline
export function normalPairs4(key0: i32, key1: i32, i: v128, j: i32, first: usize, second: usize): void {
  const k0 = i32x4.splat(key0)
  const k1 = i32x4.splat(key1)
  const key2 = PARITY ^ key0 ^ key1
  const k2 = i32x4.splat(key2)
  let x = i32x4.add(i, k0)
  let y = i32x4.splat(j + key1)
  x = i32x4.add(x, y); y = mix(x, y, 13)
  x = i32x4.add(x, y); y = mix(x, y, 15)
  x = i32x4.add(x, y); y = mix(x, y, 26)
  x = i32x4.add(x, y); y = mix(x, y, 6)
  x = i32x4.add(x, k1); y = i32x4.add(y, i32x4.splat(key2 + 1))
  x = i32x4.add(x, y); y = mix(x, y, 17)
  x = i32x4.add(x, y); y = mix(x, y, 29)
  x = i32x4.add(x, y); y = mix(x, y, 16)
  x = i32x4.add(x, y); y = mix(x, y, 24)
  x = i32x4.add(x, k2); y = i32x4.add(y, i32x4.splat(key0 + 2))
  x = i32x4.add(x, y); y = mix(x, y, 13)
  x = i32x4.add(x, y); y = mix(x, y, 15)
  x = i32x4.add(x, y); y = mix(x, y, 26)
  x = i32x4.add(x, y); y = mix(x, y, 6)
  x = i32x4.add(x, k0); y = i32x4.add(y, i32x4.splat(key1 + 3))
  x = i32x4.add(x, y); y = mix(x, y, 17)
  x = i32x4.add(x, y); y = mix(x, y, 29)
  x = i32x4.add(x, y); y = mix(x, y, 16)
  x = i32x4.add(x, y); y = mix(x, y, 24)
  x = i32x4.add(x, k1); y = i32x4.add(y, i32x4.splat(key2 + 4))
  x = i32x4.add(x, y); y = mix(x, y, 13)
  x = i32x4.add(x, y); y = mix(x, y, 15)
  x = i32x4.add(x, y); y = mix(x, y, 26)
  x = i32x4.add(x, y); y = mix(x, y, 6)
  x = i32x4.add(x, k2)
  y = i32x4.add(y, i32x4.splat(key0 + 5))
  boxMuller4(x, y, first, second)
}

/** The numbers start, start + stride, start + 2·stride, start + 3·stride. */
// @ts-ignore: decorator
@inline
export function progression4(start: i32, stride: i32): v128 {
  return i32x4.add(i32x4.splat(start), i32x4.mul(i32x4.splat(stride), i32x4(0, 1, 2, 3)))
}

/** See `normalPairs` in ../draws.ts; `first` and `second` hold a multiple of four. */
export function normalPairs(
  key0: i32, key1: i32, start: i32, stride: i32, moment: i32, count: i32, first: usize, second: usize,
): void {
  for (let k = 0; k < count; k += 4) {
    const offset = <usize>k << 2
    normalPairs4(key0, key1, progression4(start + k * stride, stride), moment, first + offset, second + offset)
  }
}
