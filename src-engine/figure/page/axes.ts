import type { CategoryAxis, NumberAxis, Plot } from '../figure.ts'
import { rowScale, type Scale, scaleOf, type Tick } from '../scale.ts'
import type { Covered } from './extents.ts'
import type { Frame } from './frame.ts'
import type { Box, Point, Shape, Stroke } from './scene.ts'
import { CAPITAL, FAINT, GRID, INK } from './style.ts'
import { fitted, textWidth, words } from './text.ts'

export const TICK = 3
/** Between the end of a tick and its label. */
export const GAP = 3
/** Length of ticks without labels. */
const MINOR = 1.7
/** Least distance of ticks without labels, in points. */
const LEAST = 1.2
/** Of sums of the same lengths in another order. */
const ROUNDING = 1e-6
/** Height of a number axis over the size of the text, for each of its ticks. */
const ROOM = 1.6

export function scaleX(x: NumberAxis, covered: Covered, width: number, size: number): Scale {
  return scaleOf(x, covered.x, (ticks) => ticks.every((tick, index) => {
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
    words(fitted(name, width + 2 * room, { size: font }), [middle, baseline + 1.3 * font], { size: font, anchor: 'middle' }),
  ]
}

export function labelsAtLeft({ name }: NumberAxis | CategoryAxis, { box, y, style: { font } }: Frame, gutter: number): Shape[] {
  const { left } = box
  const room = gutter - TICK - GAP - nameHeight(name, font) + ROUNDING
  const look = { size: font, anchor: 'end' } as const
  return [
    ...y.ticks.map((tick) => words(fitted(tick.label, room, look), [left - TICK - GAP, baselineAt(tick, box, font)], look)),
    turnedName(name, left - gutter + font, box, font),
  ]
}

/** Space for the name of an upright axis beside its labels. */
export const nameHeight = (name: string, size: number) => (name === '' ? 0 : 1.2 * size + 2)

/** Labels and name of a number axis at the right. @param gutter space that they take */
export function labelsAtRight({ name }: NumberAxis, scale: Scale, { box, style: { font } }: Frame, gutter: number): Shape[] {
  const right = box.left + box.width
  return [
    ...scale.ticks.map((tick) => words(tick.label, [right + TICK + GAP, baselineAt(tick, box, font)], { size: font })),
    turnedName(name, right + gutter - 0.25 * font, box, font),
  ]
}

const turnedName = (name: string, x: number, { top, height }: Box, size: number) =>
  words(fitted(name, height * 1.2, { size }), [x, top + height / 2], { size, anchor: 'middle', isTurned: true })

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
