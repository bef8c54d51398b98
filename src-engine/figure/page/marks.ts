import type { Intervals, Line, Mark, Points, Rug, Text } from '../figure.ts'
import { drawBand, drawBars, drawDensity } from './areas.ts'
import { clipped, isInside } from './clip.ts'
import { type Frame, placed, unbroken } from './frame.ts'
import { drawImage } from './image.ts'
import { labelPlaces, RADIUS as LARGE } from './labels.ts'
import { drawRule } from './rules.ts'
import type { Point, Shape } from './scene.ts'
import { drawRaster, drawRug } from './spikes.ts'
import { straightened } from './straighten.ts'
import { CAPITAL, FAINT, scaled } from './style.ts'
import { strokeOf, symbolAt } from './symbols.ts'
import { textWidth, words } from './text.ts'

/** All marks of a plot, in their order. */
export const drawMarks = (marks: readonly Mark[], frameOf: (mark: Mark) => Frame): Shape[] => marks.flatMap((mark, index) =>
  drawMark(mark, marks.slice(0, index).filter((each) => each.kind === 'rug'), frameOf(mark)))

function drawMark(mark: Mark, rugs: readonly Rug[], frame: Frame): Shape[] {
  switch (mark.kind) {
    case 'line': return drawLine(mark, frame)
    case 'band': return drawBand(mark, frame)
    case 'bars': return drawBars(mark, frame)
    case 'density': return drawDensity(mark, frame)
    case 'points': return drawPoints(mark, frame)
    case 'intervals': return drawIntervals(mark, frame)
    case 'raster': return drawRaster(mark, frame)
    case 'rug': return drawRug(mark, rugs, frame)
    case 'image': return drawImage(mark, frame)
    case 'rule': return drawRule(mark, frame)
    // Beside the plot.
    case 'bracket': return []
    case 'text': return drawText(mark, frame)
  }
}

const DOT = 1.2
const RADIUS = { tiny: 0.7, small: 1.3, large: LARGE }
const CAP = 2
/** Small points lie close together. */
const FAINTER = 0.5

/** Least distance of symbols along a line, beside text of two columns. */
const SYMBOLS_APART = 16
const SYMBOL = 1.9

function drawLine({ x, y, colour, dash, isStepped, symbol }: Line, frame: Frame): Shape[] {
  const parts = unbroken(Array.from(x, (value, index) => placed(value, y[index]!, frame)))
  const long = parts.filter((part) => part.length > 1).map((part) => (isStepped ? stepped(part) : part))
  const lines = long.flatMap((part) => clipped(straightened(part), frame.box))
  const alone = parts.filter((part) => part.length === 1).flat().filter((point) => isInside(point, frame.box))
  return [
    ...(lines.length > 0 ? [{ kind: 'polylines' as const, lines, stroke: strokeOf(colour, frame.style.line, dash) }] : []),
    ...(symbol
      ? spaced(parts.flat().filter((point) => isInside(point, frame.box)), SYMBOLS_APART * scaled(frame.style))
        .map((centre) => symbolAt(centre, symbol, colour, SYMBOL, frame.style))
      : alone.map((centre) => ({ kind: 'disc' as const, centre, radius: DOT * frame.style.line, fill: colour }))),
  ]
}

/** The first of the points, and each next one that is far enough to the side of the one before. */
function spaced(points: readonly Point[], apart: number): Point[] {
  const kept: Point[] = []
  for (const point of points) if (kept.length === 0 || Math.abs(point[0] - kept.at(-1)![0]) >= apart) kept.push(point)
  return kept
}

const stepped = (points: readonly Point[]): Point[] => points.flatMap((point, index): Point[] =>
  (index === 0 ? [point] : [[point[0], points[index - 1]![1]], point]))

const drawPoints = (mark: Points, frame: Frame): Shape[] => shownPoints(mark, frame).map(({ point }) =>
  symbolAt(point, mark.symbol, mark.colour, RADIUS[mark.size], frame.style, mark.size === 'large' ? 1 : FAINTER))

function shownPoints({ x, y, shift = 0, labels }: Points, frame: Frame): { point: Point; label: string }[] {
  const at = Array.from(x, (value, index) => placed(value, y[index]! + shift, frame))
  return at.flatMap((point, index) => (point !== null && isInside(point, frame.box) ? [{ point, label: labels?.[index] ?? '' }] : []))
}

/** Labels of all points of a plot that have room, where they hide the fewest of them. */
export function drawLabels(marks: readonly Mark[], frameOf: (mark: Mark) => Frame): Shape[] {
  const labelled = marks.filter((mark) => mark.kind === 'points' && mark.labels) as Points[]
  if (labelled.length === 0) return []
  const { box, style } = frameOf(labelled[0]!)
  const { font } = style
  const shown = labelled.flatMap((mark) => shownPoints(mark, frameOf(mark)))
    .map((each) => ({ ...each, width: textWidth(each.label, { size: font }) }))
  return labelPlaces(shown, box, { font, scale: scaled(style) }).flatMap((place, index) => (place === null
    ? []
    : words(shown[index]!.label, [place[0], place[1] + (CAPITAL * font) / 2], { size: font, anchor: 'middle' })))
}

function drawIntervals({ low, high, y, colour, shift = 0 }: Intervals, frame: Frame): Shape[] {
  const lines = low.flatMap((from, index) => {
    const [start, end] = [placed(from, y[index]! + shift, frame), placed(high[index]!, y[index]! + shift, frame)]
    if (start === null || end === null) return []
    const half = CAP * scaled(frame.style)
    const cap = ([x, middle]: Point): Point[] => [[x, middle - half], [x, middle + half]]
    return [[start, end], cap(start), cap(end)].flatMap((line) => clipped(line, frame.box))
  })
  return lines.length > 0 ? [{ kind: 'polylines', lines, stroke: strokeOf(colour, frame.style.line) }] : []
}

function drawText({ y, text }: Text, { box: { left, top, width, height }, y: up, style: { font } }: Frame): Shape[] {
  const middle = y === 'top' ? top + 0.9 * font : top + (1 - up.at(y)) * height
  return [words(text, [left + width - 3, middle + (CAPITAL * font) / 2], { size: font, anchor: 'end', colour: FAINT })]
}
