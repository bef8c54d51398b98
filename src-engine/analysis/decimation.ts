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

function extremes(values: ArrayLike<number>, start: number, end: number): number[] {
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
  return [...new Set([low, high, gap])].filter((index) => index >= 0).sort((a, b) => a - b)
}

/** At most `most` indices of a list, evenly from its first to its last. */
export const spreadOver = (length: number, most: number): number[] => (length <= most
  ? Array.from({ length }, (_, index) => index)
  : Array.from({ length: most }, (_, index) => Math.round((index * (length - 1)) / (most - 1))))
