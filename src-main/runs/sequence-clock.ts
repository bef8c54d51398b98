/** Beyond this many sequences only the latest count, so that a long run's clock stays small. */
const MOST_TIMES = 10_000

/** Wall time of sequences. */
export class SequenceClock {
  readonly #seconds: number[] = []
  #count = 0

  /** @param apart what of it is not to be counted, s; asked afterwards */
  time<Result>(sequence: () => Result, apart = () => 0): Result {
    const begin = performance.now()
    const result = sequence()
    this.#seconds[this.#count++ % MOST_TIMES] = (performance.now() - begin) / 1000 - apart()
    return result
  }

  /** Median in seconds; null before the first sequence. */
  median(): number | null {
    const sorted = this.#seconds.toSorted((a, b) => a - b)
    if (sorted.length === 0) return null
    const middle = sorted.length >> 1
    return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
