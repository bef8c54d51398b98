import type { Box, Point } from './scene.ts'

/** From a point to the middle of its label, beside text of two columns, in the order of preference: a front of points comes from above and leaves to the right. */
const offsets: readonly Point[] = [[-8, 0], [0, 8], [8, 0], [0, -8]]
/** Sufficient distance between the middle of a label and other marks or the edge, beside text of two columns. */
const CLEAR = 7

/** Middle of each point's label: where it is farthest from other points, earlier labels and edges. */
export function labelPlaces(points: readonly Point[], { left, top, width, height }: Box, scale = 1): Point[] {
  const labels: Point[] = []
  for (const [index, [x, y]] of points.entries()) {
    const taken = [...points.filter((_, other) => other !== index), ...labels]
    const places = offsets.map(([dx, dy]) => {
      const [at, down] = [x + dx * scale, y + dy * scale]
      const distances = taken.map((other) => distance(other, [at, down]))
      const edges = [at - left, left + width - at, down - top, top + height - down]
      return { place: [at, down] as const, clearance: Math.min(CLEAR * scale, ...edges, ...distances) }
    })
    labels.push(places.reduce((so, each) => (each.clearance > so.clearance ? each : so)).place)
  }
  return labels
}

function distance([x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x1 - x2, y1 - y2]
  return Math.sqrt(dx * dx + dy * dy)
}
