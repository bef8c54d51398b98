export interface Histogram {
  /** Bin borders, one more than counts. */
  edges: number[]
  counts: number[]
  /** Values that are no finite number; they are in no bin. */
  missing: number
}

/**
 * Equal bins over [low, high]. Values beyond the range are counted in the outermost bins, so that the counts
 * and the missing always add up to the number of values.
 */
export function histogramOf(values: ArrayLike<number>, low: number, high: number, bins: number): Histogram {
  if (!(high > low) || !(bins >= 1)) throw new RangeError(`a histogram needs low < high and a bin, not ${low}, ${high}, ${bins}`)
  const width = (high - low) / bins
  const counts = new Array<number>(bins).fill(0)
  let missing = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[binOf(values[i], low, width, bins)]++
    else missing++
  }
  return { edges: Array.from({ length: bins + 1 }, (_, bin) => low + bin * width), counts, missing }
}

const binOf = (value: number, low: number, width: number, bins: number) =>
  Math.min(bins - 1, Math.max(0, Math.floor((value - low) / width)))
