/** Only the latest times are kept, so that the clock of a long run stays small. */
const MOST_TIMES = 10_000

/** Measures the wall time of sequences. */
export class SequenceClock {
  readonly #seconds: number[] = []
  #count = 0

  /** Times one sequence. @param excluded called afterwards; returns the time to subtract, s */
  time<Result>(sequence: () => Result, excluded = () => 0): Result {
    const begin = performance.now()
    const result = sequence()
    this.#seconds[this.#count++ % MOST_TIMES] = (performance.now() - begin) / 1000 - excluded()
    return result
  }

  /** Median in seconds; null before the first sequence. */
  median(): number | null {
    const sorted = this.#seconds.toSorted((a, b) => a - b)
    if (sorted.length === 0) return null
    const middle = sorted.length >> 1
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
  }
}
