/**
 * Positions of the least and of the largest value of each piece of a series, in order, and of its ends: a line through them looks like
 * the line through all.
 * @param most positions, at least 4
 */
export function outlineOf(values: ArrayLike<number>, most: number): number[] {
  const { length } = values
  if (length <= most) return Array.from({ length }, (_, at) => at)
  const pieces = Math.floor((most - 2) / 2)
  const found = new Set([0])
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [Math.floor((piece * length) / pieces), Math.floor(((piece + 1) * length) / pieces)]
    let [low, high] = [from, from]
    for (let at = from + 1; at < to; at++) {
      if (values[at]! < values[low]!) low = at
      if (values[at]! > values[high]!) high = at
    }
    found.add(Math.min(low, high)).add(Math.max(low, high))
  }
  return [...found.add(length - 1)]
}
