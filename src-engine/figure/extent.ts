import type { NumberAxis } from './figure.ts'

/** Smallest and largest of the values that an axis can show; null if there is none. */
export function extentOf(values: Iterable<number>, isShown: (value: number) => boolean): [number, number] | null {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    if (!isShown(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return low <= high ? [low, high] : null
}

/** Fixed ends, and otherwise those of the data, far enough apart for ticks. Equal fixed ends are ignored. */
export function extentWith(
  { from, to }: Pick<NumberAxis, 'from' | 'to'>, data: readonly [number, number] | null, without: readonly [number, number],
): [number, number] {
  if (from !== undefined && to !== undefined && from !== to) return [from, to]
  const [low, high] = data ?? (from === undefined && to === undefined ? without : [Infinity, -Infinity])
  const [first, last] = widened([from ?? Math.min(low, to ?? Infinity), to ?? Math.max(high, from ?? -Infinity)])
  return from === to ? [first, last] : [from ?? first, to ?? last]
}

/** Values that differ less, as a share of their size, would have the same ticks. */
const SAME = 1e-9
/** Smaller values count as 0. */
export const TINY = 1e-18

/** An extent that is wide enough for ticks. */
function widened([low, high]: [number, number]): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high))
  if (size < TINY) return [low - 0.5, high + 0.5]
  return high - low > SAME * size ? [low, high] : [low - size / 2, high + size / 2]
}
