/** Two 32-bit words: a counter, a key or an output of Threefry. */
export interface Block {
  first: number
  second: number
}

const PARITY = 0x1bd11bda

/**
 * Threefry-2x32 with 20 rounds, a keyed bijection of 64-bit counters. Encrypts the counter (c0, c1) under the key (k0, k1) into `out`.
 * All words are unsigned 32-bit integers.
 * Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The tests check its published known answers.
 */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Block): void {
  const k2 = PARITY ^ k0 ^ k1
  let x = (c0 + k0) | 0
  let y = (c1 + k1) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  x = (x + k1) | 0; y = (y + k2 + 1) | 0
  x = (x + y) | 0; y = ((y << 17) | (y >>> 15)) ^ x
  x = (x + y) | 0; y = ((y << 29) | (y >>> 3)) ^ x
  x = (x + y) | 0; y = ((y << 16) | (y >>> 16)) ^ x
  x = (x + y) | 0; y = ((y << 24) | (y >>> 8)) ^ x
  x = (x + k2) | 0; y = (y + k0 + 2) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  x = (x + k0) | 0; y = (y + k1 + 3) | 0
  x = (x + y) | 0; y = ((y << 17) | (y >>> 15)) ^ x
  x = (x + y) | 0; y = ((y << 29) | (y >>> 3)) ^ x
  x = (x + y) | 0; y = ((y << 16) | (y >>> 16)) ^ x
  x = (x + y) | 0; y = ((y << 24) | (y >>> 8)) ^ x
  x = (x + k1) | 0; y = (y + k2 + 4) | 0
  x = (x + y) | 0; y = ((y << 13) | (y >>> 19)) ^ x
  x = (x + y) | 0; y = ((y << 15) | (y >>> 17)) ^ x
  x = (x + y) | 0; y = ((y << 26) | (y >>> 6)) ^ x
  x = (x + y) | 0; y = ((y << 6) | (y >>> 26)) ^ x
  out.first = (x + k2) >>> 0
  out.second = (y + k0 + 5) >>> 0
}
