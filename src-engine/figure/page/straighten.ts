import type { Point } from './scene.ts'

/** Farthest that a line may lie from the points that are left out, in points of the page: less than a printer shows. */
const STRAIGHT = 0.03

/**
 * A line without the points that a straight line between their neighbours nearly meets. Each kept point narrows the directions in which
 * the next ones may lie.
 */
export function straightened(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points]
  const kept = [points[0]!]
  let [start, low, high] = [points[0]!, -Infinity, Infinity]
  for (let index = 1; index < points.length; index++) {
    const [x, y] = points[index]!
    const run = x - start[0]
    const slope = (y - start[1]) / run
    if (index > 1 && !(run > 0 && slope >= low && slope <= high)) {
      start = points[index - 1]!
      kept.push(start)
      ;[low, high] = [-Infinity, Infinity]
    }
    const across = x - start[0]
    if (across > 0) {
      low = Math.max(low, (y - STRAIGHT - start[1]) / across)
      high = Math.min(high, (y + STRAIGHT - start[1]) / across)
    } else [low, high] = [Infinity, -Infinity]
  }
  return [...kept, points.at(-1)!]
}
