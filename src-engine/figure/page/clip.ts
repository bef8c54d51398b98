import type { Box, Point } from './scene.ts'

/** Parts of a line inside a box (Liang and Barsky 1984), so that files need no clipping paths, which other programs often read wrongly. */
export function clipped(line: readonly Point[], box: Box): Point[][] {
  const parts: Point[][] = []
  let part: Point[] = []
  for (let index = 1; index < line.length; index++) {
    const inside = segmentInside(line[index - 1]!, line[index]!, box)
    if (inside === null) continue
    const [from, to] = inside
    const last = part.at(-1)
    if (last === undefined || last[0] !== from[0] || last[1] !== from[1]) {
      if (part.length > 0) parts.push(part)
      part = [from]
    }
    part.push(to)
  }
  return part.length > 0 ? [...parts, part] : parts
}

export const isInside = ([x, y]: Point, { left, top, width, height }: Box): boolean =>
  x >= left && x <= left + width && y >= top && y <= top + height

/** The part of a segment inside the box; null if none is. */
function segmentInside(from: Point, to: Point, { left, top, width, height }: Box): [Point, Point] | null {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]]
  let [start, end] = [0, 1]
  const [x, y] = from
  const borders = [[-dx, x - left], [dx, left + width - x], [-dy, y - top], [dy, top + height - y]] as const
  for (const [step, room] of borders) {
    if (step === 0 && room < 0) return null
    if (step < 0) start = Math.max(start, room / step)
    if (step > 0) end = Math.min(end, room / step)
  }
  if (start > end) return null
  const at = (share: number): Point => (share === 0 ? from : share === 1 ? to : [x + share * dx, y + share * dy])
  return [at(start), at(end)]
}

/**
 * The part of an area inside a box (Sutherland and Hodgman 1974). Where the area leaves the box and returns, its outline runs along the
 * border of the box. Empty if nothing is inside.
 */
export function clippedArea(outline: readonly Point[], { left, top, width, height }: Box): Point[] {
  const sides: readonly [axis: 0 | 1, sign: 1 | -1, limit: number][] = [
    [0, 1, left], [0, -1, left + width], [1, 1, top], [1, -1, top + height],
  ]
  return sides.reduce<Point[]>((points, [axis, sign, limit]) => {
    const insideBy = (point: Point) => sign * (point[axis] - limit)
    return points.flatMap((to, index): Point[] => {
      const from = points.at(index - 1)!
      const [before, after] = [insideBy(from), insideBy(to)]
      const crossing = before < 0 === after < 0 ? [] : [crossingOf(from, to, before / (before - after), axis, limit)]
      return after < 0 ? crossing : [...crossing, to]
    })
  }, [...outline])
}

/** The point at a share of a segment, exactly on the border. */
function crossingOf([x1, y1]: Point, [x2, y2]: Point, share: number, axis: 0 | 1, limit: number): Point {
  return axis === 0 ? [limit, y1 + share * (y2 - y1)] : [x1 + share * (x2 - x1), limit]
}
