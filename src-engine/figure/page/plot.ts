import type { Image, Mark, Plot } from '../figure.ts'
import type { Scale } from '../scale.ts'
import {
  axisLines, drawGrid, GAP, labelsAtLeft, labelsAtRight, labelsBelow, linesBelow, NAME, nameWidth, rowTexts, scaleRight,
  scaleX, scaleY, TICK,
} from './axes.ts'
import { type Covered, isRight } from './extents.ts'
import { bracketsWidth, drawBrackets } from './brackets.ts'
import type { Frame } from './frame.ts'
import { colourScaleWidth, drawColourScale } from './image.ts'
import { drawLabels, drawMarks } from './marks.ts'
import { drawLabelsAbove, drawLabelsAtRight, LANE, type LabelsAbove, labelsAbove, labelsWidth } from './rules.ts'
import type { Box, Shape } from './scene.ts'
import type { PageStyle } from './style.ts'
import { textWidth, words, wrapped } from './text.ts'

/** Space around the axes of a plot. */
export interface Gutters {
  left: number
  right: number
  bottom: number
}

/** Which labels a plot shows. Plots that share axes show them only at the outer edges of their panel. */
export interface Shown {
  x: boolean
  y: boolean
  /** Those of a number axis at the right. */
  right: boolean
}

/** Share of the page that names of rows may take. */
const MOST_OF_PAGE = 0.4
/** Share of the page that labels of horizontal rules may take, in all columns. */
const MOST_FOR_RULES = 0.25
/** The same if lines have labels, too. */
const MOST_FOR_LINES = 0.4

/** Share of the page that brackets may take, in all columns. */
const MOST_FOR_BRACKETS = 0.3

/** A plot, and what its axes must cover: its own marks, or those of all plots with the same axes. */
export interface Ranged {
  plot: Plot
  covered: Covered
  shown: Shown
  /** Number of plots beside each other. */
  columns: number
  /** Height of the rows of a category axis; null for a number axis, whose height follows from its width. */
  rows: number | null
}

/** Space that the labels of a plot need, if its axes have this size. */
export function guttersOf(ranged: Ranged, axes: number, height: number, style: PageStyle): Gutters {
  const { plot, covered, shown } = ranged
  const { font, width } = style
  const line = NAME * font
  const labels = shown.y ? scaleY(plot, covered, height, font).ticks.map(({ label }) => label) : []
  const name = shown.y ? nameWidth(plot.y.name, height, font) : 0
  const beyond = shown.x ? overhangs(scaleX(plot.x, covered, axes, font), axes, font) : { left: 0, right: 0 }
  const parts = rightParts(ranged, height, style)
  const left = Math.max(beyond.left, Math.min(mostForLabels(width), widest(labels, font)) + TICK + GAP + name)
  const right = Math.max(line, beyond.right, parts.right + parts.brackets + parts.rules + parts.colours)
  const below = linesBelow(plot.x, axes + 2 * Math.min(left, right), font)
  return { left, right, bottom: TICK + (shown.x ? line + (below === 0 ? 0 : below * line + 1) : 0) }
}

const widest = (texts: readonly string[], size: number) => Math.max(0, ...texts.map((text) => textWidth(text, { size })))

/** Width that labels of an upright axis may take. */
export const mostForLabels = (page: number) => MOST_OF_PAGE * page

/** How far labels below reach beyond the ends of their axis. */
function overhangs({ ticks }: Scale, width: number, size: number): { left: number; right: number } {
  const halves = ticks.map(({ at, label }) => ({ at: at * width, half: textWidth(label, { size }) / 2 }))
  return {
    left: Math.max(0, ...halves.map(({ at, half }) => half - at)),
    right: Math.max(0, ...halves.map(({ at, half }) => at + half - width)),
  }
}

/** Widths of what stands at the right of a plot, from its border: axis, brackets, labels of rules, scale of colours. */
function rightParts(ranged: Ranged, height: number, style: PageStyle) {
  const { plot, covered, shown, columns } = ranged
  const scale = imageOf(plot)?.scale
  return {
    right: axisWidth(plot, covered, shown, height, style),
    brackets: bracketsWidth(plot.marks, mostForBrackets(columns, style), style),
    rules: labelsWidth(plot.marks, mostForRules(ranged, style), style),
    colours: scale ? colourScaleWidth(scale, height, style) : 0,
  }
}

function axisWidth({ right }: Plot, covered: Covered, shown: Shown, height: number, { font }: PageStyle): number {
  if (right === undefined) return 0
  if (right.scale === 'category') return font + widest([right.name, ...right.categories], font)
  if (!shown.right) return TICK
  const labels = scaleRight(right, covered, height, font).ticks.map(({ label }) => label)
  return TICK + GAP + widest(labels, font) + nameWidth(right.name, height, font)
}

export const mostForRules = ({ columns, plot: { marks } }: Ranged, { width }: PageStyle) =>
  ((marks.some((mark) => mark.kind === 'line' && mark.label !== undefined) ? MOST_FOR_LINES : MOST_FOR_RULES) * width) / columns

const mostForBrackets = (columns: number, { width }: PageStyle) => (MOST_FOR_BRACKETS * width) / columns

const imageOf = ({ marks }: Plot): Image | undefined => marks.find((mark) => mark.kind === 'image')

/** Labels of vertical rules above a plot whose axes have this width. */
export const labelsAboveOf = ({ plot, covered }: Ranged, axes: number, style: PageStyle): LabelsAbove =>
  labelsAbove(plot.marks, scaleX(plot.x, covered, axes, style.font), axes, style)

export const titleLines = ({ title }: Plot, axes: number, { font }: PageStyle) => wrapped(title, axes, { size: font })

/** A plot in a box, which is the area between its axes. */
export interface PlacedPlot extends Ranged {
  gutters: Gutters
  box: Box
  /** Lines of labels between the title and the plots of its row. */
  lanes: number
}

/** Title, axes and marks of a plot. */
export function drawPlot(placed: PlacedPlot, style: PageStyle): Shape[] {
  const { plot, covered, box, shown, gutters, lanes } = placed
  const { font } = style
  const frame: Frame = { box, x: scaleX(plot.x, covered, box.width, font), y: scaleY(plot, covered, box.height, font), style }
  const right = plot.right?.scale === 'category' || plot.right === undefined ? null : scaleRight(plot.right, covered, box.height, font)
  const frameOf = (mark: Mark): Frame => (right && isRight(mark) ? { ...frame, y: right } : frame)
  return [
    ...titleLines(plot, box.width, style).toReversed().map((line, index) =>
      words(line, [box.left, box.top - (0.5 + (lanes + index) * LANE) * font], { size: font })),
    ...drawGrid(frame, plot.y),
    ...drawMarks(plot.marks, frameOf),
    ...drawLabels(plot.marks, frameOf),
    ...axisLines(frame, plot.y, right),
    ...drawLabelsAbove(labelsAbove(plot.marks, frame.x, box.width, style), frame),
    ...(shown.x ? labelsBelow(plot.x, frame, Math.min(gutters.left, gutters.right)) : []),
    ...(shown.y ? labelsAtLeft(plot.y, frame, gutters.left) : []),
    ...atRight(placed, frame, right, frameOf),
  ]
}

function atRight(placed: PlacedPlot, frame: Frame, scale: Scale | null, frameOf: (mark: Mark) => Frame): Shape[] {
  const { plot: { right, marks }, plot, shown, box, columns } = placed
  const { style } = frame
  const parts = rightParts(placed, box.height, style)
  const end = box.left + box.width
  const afterBrackets = end + parts.right + parts.brackets
  const image = imageOf(plot)
  return [
    ...(right?.scale === 'category' ? rowTexts(right, frame) : []),
    ...(right && right.scale !== 'category' && shown.right ? labelsAtRight(right, scale!, frame, parts.right) : []),
    ...drawBrackets(marks, end + parts.right, mostForBrackets(columns, style), frame),
    ...drawLabelsAtRight(marks, afterBrackets, mostForRules(placed, style), frameOf),
    ...(image ? drawColourScale(image.scale, afterBrackets + parts.rules, box, style) : []),
  ]
}
