import { boxMuller, normalQuantile } from '../kernels/normal.ts'
import { type Block, threefry } from '../kernels/threefry.ts'

/**
 * What a stream of draws is for. Each purpose has its own key, so leaving one out changes no other draw.
 * The numbers are part of every result: never reuse or reorder them.
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
} as const

export type Purpose = keyof typeof purposes

const unit = (n: number) => (n + 0.5) * 2 ** -32

/**
 * Draws addressed by two counters instead of taken in turn: the same (seed, purpose, indices, i, j)
 * is the same number whatever else was drawn before.
 */
export class Stream {
  /** What tells this stream from all others. */
  readonly key: Readonly<Block>
  readonly #block: Block = { first: 0, second: 0 }

  /** @param indices whole numbers below 2^32 that tell streams of one purpose apart: a layer, a sequence. */
  constructor(seed: number, purpose: Purpose, ...indices: number[]) {
    const key: Block = { first: seed >>> 0, second: Math.floor(seed / 2 ** 32) >>> 0 }
    for (const index of [purposes[purpose], ...indices]) threefry(key.first, key.second, index >>> 0, indices.length, key)
    this.key = key
  }

  /** Two independent words of 32 bits. The returned object is reused by the next draw. */
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

  /** Two independent standard normals at once, into `pair[0]` and `pair[1]`: the draws of the kernels. */
  normalPair(i: number, j: number, pair: Float64Array): void {
    boxMuller(this.words(i, j), pair)
  }
}

/** A random order of 0…n−1 (Fisher and Yates), one draw of the stream per swap. */
export function permutation(stream: Stream, n: number): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(stream.uniform(i, 0) * (i + 1))
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
  return order
}
