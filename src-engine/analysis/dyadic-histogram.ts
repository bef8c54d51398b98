/**
 * Counts in bins whose width is a power of two and whose edges are multiples of it. So the bins of one histogram fit exactly into those
 * of a coarser one, and histograms whose ranges are not known beforehand can be joined without an error.
 */
export interface DyadicHistogram {
  width: number
  /** Bin k covers k·width to (k + 1)·width. */
  first: number
  counts: number[]
}

/** A value above this many bins of a single histogram, or of several together, makes them coarser. */
const MOST_BINS = 64
const MOST_BINS_TOGETHER = 96
/** Of histograms of a single value. */
const LEAST_WIDTH = 1 / (1 << 30)

/** Counts the finite values. @param least width, such as 1 for whole numbers; a power of two */
export function dyadicHistogram(values: ArrayLike<number>, least = LEAST_WIDTH): DyadicHistogram {
  const [low, high] = rangeOf(values)
  if (low > high) return { width: least, first: 0, counts: [] }
  let width = least
  while (Math.floor(high / width) - Math.floor(low / width) >= MOST_BINS) width *= 2
  const first = Math.floor(low / width)
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0)
  for (let k = 0; k < values.length; k++) {
    if (Number.isFinite(values[k])) counts[Math.floor(values[k]! / width) - first]! += 1
  }
  return { width, first, counts }
}

/** Histograms with the same bins, [histograms][bins]: as fine as all of them allow. */
export function alignedHistograms(histograms: readonly DyadicHistogram[]): Pick<DyadicHistogram, 'width' | 'first'> & { counts: number[][] } {
  const filled = histograms.filter(({ counts }) => counts.length > 0)
  let width = filled.reduce((most, each) => Math.max(most, each.width), 0)
  const firstAt = () => Math.min(...filled.map((each) => coarser(each.first, each.width, width)))
  const lastAt = () => Math.max(...filled.map((each) => coarser(each.first + each.counts.length - 1, each.width, width)))
  while (filled.length > 0 && lastAt() - firstAt() >= MOST_BINS_TOGETHER) width *= 2
  const [first, last] = filled.length > 0 ? [firstAt(), lastAt()] : [0, -1]
  const counts = histograms.map((each) => {
    const row = new Array<number>(last - first + 1).fill(0)
    each.counts.forEach((count, bin) => { row[coarser(each.first + bin, each.width, width) - first]! += count })
    return row
  })
  return { width, first, counts }
}

const coarser = (bin: number, from: number, to: number) => Math.floor(bin / (to / from))

function rangeOf(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity]
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  return [low, high]
}
