/**
 * Indices of the smallest and largest value in each bucket of `size` neighbours, in ascending order, so no extreme is lost.
 * The first non-finite value of each bucket is kept too, so gaps remain visible.
 */
export function extremesOfBuckets(values: ArrayLike<number>, size: number): number[] {
  const kept: number[] = []
  for (let start = 0; start < values.length; start += size) {
    kept.push(...extremes(values, start, Math.min(start + size, values.length)))
  }
  return kept
}

/** Bucket size that leaves about `limit` points at most; 1 keeps every value. */
export const bucketSize = (length: number, limit: number) => (length <= limit ? 1 : Math.ceil((2 * length) / limit))

const extremes = (values: ArrayLike<number>, start: number, end: number): number[] => {
  const { low, high, gap } = extremesIn(values, start, end)
  return ascending([low, high, gap].filter((index) => index >= 0))
}

/** Indices of the smallest, the largest and the first non-finite value; −1 if there is none. */
function extremesIn(values: ArrayLike<number>, start: number, end: number) {
  let low = -1
  let high = -1
  let gap = -1
  for (let i = start; i < end; i++) {
    if (!Number.isFinite(values[i])) {
      if (gap < 0) gap = i
      continue
    }
    if (low < 0 || values[i]! < values[low]!) low = i
    if (high < 0 || values[i]! > values[high]!) high = i
  }
  return { low, high, gap }
}

/** Smallest bucket of a pyramid, values. */
const BASE = 16

/** Indices of the smallest, the largest and the first non-finite value of each bucket; −1 if it has none. */
interface Level {
  size: number
  low: Int32Array
  high: Int32Array
  gap: Int32Array
}

/**
 * Extremes of buckets of 16, 32, 64, … neighbours of a series, so that any part of it is thinned in a time that follows from the
 * points that are drawn and not from the length of the series.
 */
export class ExtremePyramid {
  readonly #values: ArrayLike<number>
  readonly #levels: Level[] = []

  constructor(values: ArrayLike<number>) {
    this.#values = values
    for (let size = BASE; size < values.length; size *= 2) this.#levels.push(this.#levelOf(size, this.#levels.at(-1)))
  }

  /**
   * Indices of [from, to) to draw, ascending: all if there are at most `limit`, else the extremes and the first non-finite value of
   * every bucket, and the first and the last value. About `limit` of them.
   */
  within(from: number, to: number, limit: number): number[] {
    if (to - from <= limit) return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
    const size = drawnBucket(to - from, limit)
    const level = this.#levels.findLast((one) => size % one.size === 0)
    const kept = level === undefined ? this.#scanned(from, to, size) : this.#joined(level, from, to, size)
    return ascending([from, ...kept, to - 1])
  }

  #scanned(from: number, to: number, size: number): number[] {
    const kept: number[] = []
    for (let start = from; start < to; start += size) kept.push(...extremes(this.#values, start, Math.min(start + size, to)))
    return kept
  }

  /** Of whole buckets of a level, joined until they have `size` values; what is left at both ends is scanned. */
  #joined(level: Level, from: number, to: number, size: number): number[] {
    const [first, last] = [Math.ceil(from / level.size), Math.floor(to / level.size)]
    const kept = [...extremes(this.#values, from, first * level.size), ...extremes(this.#values, last * level.size, to)]
    const step = size / level.size
    for (let bucket = first; bucket < last; bucket += step) {
      kept.push(...this.#extremesOf(level, bucket, Math.min(bucket + step, last)))
    }
    return kept
  }

  #extremesOf({ low, high, gap }: Level, from: number, to: number): number[] {
    const found = this.#join(low, high, gap, from, to)
    return [found.low, found.high, found.gap].filter((index) => index >= 0)
  }

  #join(lows: Int32Array, highs: Int32Array, gaps: Int32Array, from: number, to: number) {
    let [low, high, gap] = [-1, -1, -1]
    for (let bucket = from; bucket < to; bucket++) {
      if (isBetter(this.#values, lows[bucket]!, low, -1)) low = lows[bucket]!
      if (isBetter(this.#values, highs[bucket]!, high, 1)) high = highs[bucket]!
      if (gap < 0) gap = gaps[bucket]!
    }
    return { low, high, gap }
  }

  #levelOf(size: number, below: Level | undefined): Level {
    const count = Math.ceil(this.#values.length / size)
    const level = { size, low: new Int32Array(count), high: new Int32Array(count), gap: new Int32Array(count) }
    for (let bucket = 0; bucket < count; bucket++) {
      const found = below === undefined
        ? extremesIn(this.#values, bucket * size, Math.min((bucket + 1) * size, this.#values.length))
        : this.#join(below.low, below.high, below.gap, 2 * bucket, Math.min(2 * bucket + 2, below.low.length))
      level.low[bucket] = found.low
      level.high[bucket] = found.high
      level.gap[bucket] = found.gap
    }
    return level
  }
}

/** Number of neighbours in a bucket of a pyramid that leaves at most about `limit` of `count` points; 1 keeps every value. */
export function drawnBucket(count: number, limit: number): number {
  if (count <= limit) return 1
  const size = bucketSize(count, limit - 2)
  let level = BASE
  while (2 * level <= size) level *= 2
  return size < BASE ? size : level * Math.round(size / level)
}

const isBetter = (values: ArrayLike<number>, index: number, than: number, sign: 1 | -1) =>
  index >= 0 && (than < 0 || sign * values[index]! > sign * values[than]!)

const ascending = (indices: readonly number[]) => [...new Set(indices)].sort((a, b) => a - b)

/** At most `most` indices of a list, evenly from its first to its last. */
export const spreadOver = (length: number, most: number): number[] => (length <= most
  ? Array.from({ length }, (_, index) => index)
  : Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1))))
