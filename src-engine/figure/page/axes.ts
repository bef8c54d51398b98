import type { CategoryAxis, NumberAxis, Plot } from '../figure.ts'
import { numbersIn } from '../../format/labels.ts'
import { rowScale, type Scale, scaleOf, type Tick } from '../scale.ts'
import type { Covered } from './extents.ts'
import type { Frame } from './frame.ts'
import type { Box, Point, Shape, Stroke } from './scene.ts'
import { CAPITAL, FAINT, GRID, INK } from './style.ts'
import { fitted, longestWord, textWidth, words, wrapped, wrappedIn } from './text.ts'

export const TICK = 3
/** Between the end of a tick and its label. */
export const GAP = 3
/** Length of ticks without labels. */
const MINOR = 1.7
/** Least distance of ticks without labels, in points. */
const LEAST = 1.2
/** Of sums of the same lengths in another order. */
const ROUNDING = 1e-6
/** Distance of the lines of a name, and of a label of a row, in sizes of the text. */
export const NAME = 1.2
/** Lines of the label of a row. */
const MOST_IN_ROW = 3
/** Height of a row, and what it is higher than a label of several lines, in sizes of the text. */
const [ROW, ROW_SPACE] = [2.4, 0.4]
/** Height of a number axis over the size of the text, for each of its ticks. */
const ROOM = 1.6

/** Share of an axis that a text below it may take, where its own column is narrower. */
const MOST_OF_WIDTH = 0.25

/** Texts of columns, shortened. Of a number nothing would be left. */
function columnLabels({ labels = [] }: NumberAxis, width: number, size: number): string[] {
  const room = Math.max(MOST_OF_WIDTH * width, width / labels.length - size)
  return labels.map((label) => (isNumber(label) ? label : fitted(label, room, { size })))
}

const isNumber = (label: string) => numbersIn(label).every((part) => part.isNumber)

export function scaleX(x: NumberAxis, covered: Covered, width: number, size: number): Scale {
  const axis = x.labels ? { ...x, labels: columnLabels(x, width, size) } : x
  return scaleOf(axis, covered.x, (ticks) => ticks.every((tick, index) => {
    const before = ticks[index - 1]
    return before === undefined
      || (tick.at - before.at) * width > (textWidth(before.label, { size }) + textWidth(tick.label, { size })) / 2 + size
  }))
}

export const scaleY = ({ y }: Plot, covered: Covered, height: number, size: number): Scale =>
  (y.scale === 'category' ? rowScale(y) : upright(y, covered.y, height, size))

export const scaleRight = (right: NumberAxis, covered: Covered, height: number, size: number): Scale =>
  upright(right, covered.right, height, size)

const upright = (axis: NumberAxis, values: Iterable<number>, height: number, size: number): Scale =>
  scaleOf(axis, values, (ticks) => ticks.every(({ at }, index) =>
    index === 0 || (at - ticks[index - 1]!.at) * height > ROOM * size))

export function drawGrid({ box, x, y, style }: Frame, axis: NumberAxis | CategoryAxis): Shape[] {
  if (!style.hasGrid) return []
  const across = axis.scale === 'category' ? [] : y.ticks.map(({ at }) => horizontal(box, at))
  return [polylines([...x.ticks.map(({ at }) => vertical(box, at)), ...across], { colour: GRID, width: style.line / 2 })]
}

/** Axes and their ticks. @param right scale of a number axis at the right */
export function axisLines({ box, x, y, style }: Frame, axis: NumberAxis | CategoryAxis, right: Scale | null): Shape[] {
  const { left, top, width, height } = box
  const [end, bottom] = [left + width, top + height]
  const below = ticksOf(x, width).map(([at, length]): Point[] => {
    const across = left + at * width
    return [[across, bottom], [across, bottom + length]]
  })
  const beside = (scale: Scale, from: number, sign: 1 | -1) => ticksOf(scale, height).map(([at, length]): Point[] => {
    const up = bottom - at * height
    return [[from, up], [from + sign * length, up]]
  })
  return [polylines([
    [[left, top], [left, bottom], [end, bottom], ...(right ? [[end, top] as const] : [])],
    ...below,
    ...(axis.scale === 'category' ? [] : beside(y, left, -1)),
    ...(right ? beside(right, end, 1) : []),
  ], { colour: FAINT, width: style.line / 2 })]
}

/** Positions and lengths of ticks, with those that have no labels if they can be told apart. */
function ticksOf({ ticks, minor }: Scale, length: number): [at: number, length: number][] {
  const all = [...minor, ...ticks.map(({ at }) => at)].sort((a, b) => a - b)
  const fits = all.every((at, index) => index === 0 || (at - all[index - 1]!) * length >= LEAST)
  const labelled = ticks.map(({ at }): [number, number] => [at, TICK])
  return fits ? [...labelled, ...minor.map((at): [number, number] => [at, MINOR])] : labelled
}

/** @param room that the name may take beyond the plot, at each side */
export function labelsBelow({ name }: NumberAxis, { box, x, style: { font } }: Frame, room: number): Shape[] {
  const { left, top, width, height } = box
  const baseline = top + height + TICK + 1.1 * font
  const middle = left + width / 2
  return [
    ...x.ticks.map(({ at, label }) => words(label, [left + at * width, baseline], { size: font, anchor: 'middle' })),
    ...wrapped(name, width + 2 * room, { size: font }).map((line, index) =>
      words(line, [middle, baseline + (1.3 + index * NAME) * font], { size: font, anchor: 'middle' })),
  ]
}

export function labelsAtLeft(axis: NumberAxis | CategoryAxis, { box, y, style: { font } }: Frame, gutter: number): Shape[] {
  const { left } = box
  const { name } = axis
  const most = axis.scale === 'category' ? MOST_IN_ROW : 1
  const room = gutter - TICK - GAP - nameWidth(name, box.height, font) + ROUNDING
  const look = { size: font, anchor: 'end' } as const
  return [
    ...y.ticks.flatMap((tick) => {
      const lines = wrappedIn(most, tick.label, room, look)
      const first = baselineAt(tick, box, font) - ((lines.length - 1) / 2) * NAME * font
      return lines.map((line, index) => words(line, [left - TICK - GAP, first + index * NAME * font], look))
    }),
    ...turnedName(name, left - gutter + font, box, font),
  ]
}

/** Lines of the name of an axis below its labels. @param width of the axis, with what the name may take beyond */
export const linesBelow = ({ name }: NumberAxis, width: number, size: number) => wrapped(name, width, { size }).length

const turnedLines = (name: string, height: number, size: number) => wrapped(name, height, { size })

/** Least height of a plot that has room for every word of the name of an upright axis. */
export const leastHeight = (name: string, size: number) => longestWord(name, { size })

/** Height of the rows of a category axis. @param room width of their labels */
export function rowsHeight({ categories }: CategoryAxis, room: number, size: number): number {
  const lines = Math.max(1, ...categories.map((label) => wrappedIn(MOST_IN_ROW, label, room, { size }).length))
  return Math.max(1, categories.length) * Math.max(ROW, lines * NAME + ROW_SPACE) * size
}

/** Space for the name of an upright axis beside its labels. */
export function nameWidth(name: string, height: number, size: number): number {
  const lines = turnedLines(name, height, size).length
  return lines === 0 ? 0 : NAME * lines * size + 2
}

/** Labels and name of a number axis at the right. @param gutter space that they take */
export function labelsAtRight({ name }: NumberAxis, scale: Scale, { box, style: { font } }: Frame, gutter: number): Shape[] {
  const right = box.left + box.width
  return [
    ...scale.ticks.map((tick) => words(tick.label, [right + TICK + GAP, baselineAt(tick, box, font)], { size: font })),
    ...turnedName(name, right + gutter - nameWidth(name, box.height, font) + 0.95 * font + 2, box, font),
  ]
}

/** @param x baseline of its first line */
const turnedName = (name: string, x: number, { top, height }: Box, size: number) =>
  turnedLines(name, height, size).map((line, index) =>
    words(line, [x + index * NAME * size, top + height / 2], { size, anchor: 'middle', isTurned: true }))

/** Texts at the right of rows. */
export function rowTexts(axis: CategoryAxis, { box, style: { font } }: Frame): Shape[] {
  const left = box.left + box.width + font
  return [
    words(axis.name, [left, box.top - 0.5 * font], { size: font, colour: FAINT }),
    ...rowScale(axis).ticks.map((tick) => words(tick.label, [left, baselineAt(tick, box, font)], { size: font, colour: INK })),
  ]
}

/** Baseline of a text whose capitals are centred on a tick. */
const baselineAt = ({ at }: Tick, { top, height }: Box, size: number) => top + (1 - at) * height + (CAPITAL * size) / 2

function vertical({ left, top, width, height }: Box, at: number): Point[] {
  const x = left + at * width
  return [[x, top], [x, top + height]]
}

function horizontal({ left, top, width, height }: Box, at: number): Point[] {
  const y = top + (1 - at) * height
  return [[left, y], [left + width, y]]
}

const polylines = (lines: Point[][], stroke: Stroke): Shape => ({ kind: 'polylines', lines, stroke })
