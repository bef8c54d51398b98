import type { Box, Point } from './scene.ts'
import { CAPITAL } from './style.ts'

/** Directions from a point to its label, by preference: a front of points comes from above and leaves to the right. */
const directions: readonly Point[] = [[-1, 0], [0, 1], [1, 0], [0, -1], [-1, 1], [1, -1], [-1, -1], [1, 1]]
/** Of a number in the cell of a map, which it must not leave. */
const directionsOfWide: readonly Point[] = [[0, 1], [0, -1]]
/** From a point to the middle of a short label, beside text of two columns. */
const [ACROSS, DOWN] = [8, 6]
/** Sufficient distance between the middle of a label and other marks, beside text of two columns. */
const CLEAR = 7
/** Of a large point, beside text of two columns. */
export const RADIUS = 2.6
/** Most width of a short label, and space around labels, in sizes of the text. */
const [SHORT, AROUND] = [1.3, 0.1]

/** The label of a point. */
export interface PointLabel {
  point: Point
  width: number
}

export interface LabelSizes {
  font: number
  /** Lengths over those beside text of two columns. */
  scale: number
}

/**
 * Middle of the label of each point: where it is farthest from other points and earlier labels.
 * Null if it would touch another label or point, or leave the box, everywhere. Wide labels have places all together or not
 * at all.
 */
export function labelPlaces(labels: readonly PointLabel[], box: Box, { font, scale }: LabelSizes): (Point | null)[] {
  const placed: Rectangle[] = []
  const symbolAt = ([x, y]: Point): Rectangle => [x - RADIUS * scale, y - RADIUS * scale, x + RADIUS * scale, y + RADIUS * scale]
  const isWide = ({ width }: PointLabel) => width > SHORT * font
  const places = labels.map((label, index) => {
    const { point: [x, y], width } = label
    const others = labels.flatMap(({ point }, other) => (other === index ? [] : [point]))
    const candidates = (isWide(label) ? directionsOfWide : directions).flatMap(([across, down]) => {
      const middle: Point = [x + across * ACROSS * scale, y + down * DOWN * scale]
      const area = around(middle, width, font)
      if (!isInside(area, box) || [...placed, ...others.map(symbolAt)].some((other) => touch(area, other))) return []
      const distances = [...others, ...placed.map(middleOf)].map((other) => distance(other, middle))
      return [{ middle, area, clearance: Math.min(CLEAR * scale, ...distances) }]
    })
    if (candidates.length === 0) return null
    const { middle, area } = candidates.reduce((so, each) => (each.clearance > so.clearance ? each : so))
    placed.push(area)
    return middle
  })
  const isCrowded = labels.some((label, index) => isWide(label) && places[index] === null)
  return isCrowded ? places.map((place, index) => (isWide(labels[index]!) ? null : place)) : places
}

type Rectangle = readonly [left: number, top: number, right: number, bottom: number]

function around([x, y]: Point, width: number, font: number): Rectangle {
  const [halfWidth, halfHeight] = [width / 2 + AROUND * font, (CAPITAL / 2 + AROUND) * font]
  return [x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]
}

const middleOf = ([left, top, right, bottom]: Rectangle): Point => [(left + right) / 2, (top + bottom) / 2]
const touch = (a: Rectangle, b: Rectangle) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
const isInside = (area: Rectangle, { left, top, width, height }: Box) =>
  area[0] >= left && area[1] >= top && area[2] <= left + width && area[3] <= top + height

function distance([x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x1 - x2, y1 - y2]
  return Math.sqrt(dx * dx + dy * dy)
}
