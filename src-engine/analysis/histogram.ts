export interface Histogram {
  /** Bin edges, one more than counts. */
  edges: number[]
  counts: number[]
  /** Number of non-finite values; they are in no bin. */
  missing: number
}

/**
 * Histogram with equal bins over [low, high]. Values outside the range go into the outermost bins, so the counts
 * and `missing` always add up to the number of values.
 * @throws RangeError if the range is empty or there is no bin
 */
export function histogramOf(values: ArrayLike<number>, low: number, high: number, bins: number): Histogram {
  if (!(high > low) || !(bins >= 1)) throw new RangeError(`A histogram needs low < high and at least one bin, not [${low}, ${high}] and ${bins}`)
  const width = (high - low) / bins
  const counts = new Array<number>(bins).fill(0)
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[binOf(values[i]!, low, width, bins)]!++
    else missing++
  }
  return { edges: Array.from({ length: bins + 1 }, (_, bin) => low + bin * width), counts, missing }
}

const binOf = (value: number, low: number, width: number, bins: number) =>
  Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)))
