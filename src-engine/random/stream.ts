import { boxMuller, normalQuantile } from '../kernels/normal.ts'
import { type Block, threefry } from '../kernels/threefry.ts'

/**
 * Purposes of random streams. Each purpose has its own key, so skipping one stream changes no draw of another.
 * All results depend on these numbers: never reuse or reorder them.
 */
export const purposes = {
  'target': 1,
  'input spikes': 2,
  'initial weight': 3,
  'feedback': 4,
  'initial conductance': 5,
  'SET': 6,
  'RESET': 7,
  'READ': 8,
  'pattern order': 9,
  'pulse decision': 10,
  'sweep points': 11,
  'resampling': 12,
  'sign flips': 13,
  'summed READ': 14,
  'permutations': 15,
} as const

export type Purpose = keyof typeof purposes

/** Maps a 32-bit word to (0, 1). */
const unit = (n: number) => (n + 0.5) * 2 ** -32

/**
 * Random stream whose draws are addressed by two counters instead of taken in turn. The same (seed, purpose, indices, i, j)
 * always gives the same number, whatever was drawn before.
 */
export class Stream {
  /** Threefry key of the stream. */
  readonly key: Readonly<Block>
  readonly #block: Block = { first: 0, second: 0 }

  /** @param indices integers below 2^32 that separate streams of one purpose, such as a layer and a sequence */
  constructor(seed: number, purpose: Purpose, ...indices: number[]) {
    const key: Block = { first: seed >>> 0, second: Math.floor(seed / 2 ** 32) >>> 0 }
    for (const index of [purposes[purpose], ...indices]) threefry(key.first, key.second, index >>> 0, indices.length, key)
    this.key = key
  }

  /** Two independent 32-bit words. The next draw overwrites the returned object. */
  words(i: number, j: number): Readonly<Block> {
    threefry(this.key.first, this.key.second, i, j, this.#block)
    return this.#block
  }

  /** Uniform on (0, 1), in steps of 2^-32. */
  uniform(i: number, j: number): number {
    return unit(this.words(i, j).first)
  }

  /** Standard normal, within ±6.3. */
  normal(i: number, j: number): number {
    return normalQuantile(unit(this.words(i, j).first))
  }

  /** Two independent standard normals into `pair[0]` and `pair[1]`. The kernels use the same draws. */
  normalPair(i: number, j: number, pair: Float64Array): void {
    boxMuller(this.words(i, j), pair)
  }
}

/** Random permutation of 0…n−1 (Fisher and Yates), with one draw of the stream per swap. */
export function permutation(stream: Stream, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(stream.uniform(i, 0) * (i + 1))
    const swapped = order[i]!
    order[i] = order[j]!
    order[j] = swapped
  }
  return order
}
