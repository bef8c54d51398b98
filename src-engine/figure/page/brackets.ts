import { type BracketLanes, bracketLanes } from '../bracket-lanes.ts'
import type { Mark } from '../figure.ts'
import type { Frame } from './frame.ts'
import type { Point, Shape } from './scene.ts'
import { CAPITAL, INK, type PageStyle } from './style.ts'
import { strokeOf } from './symbols.ts'
import { fitted, textWidth, words } from './text.ts'

/** Distance of lanes, of the first one from the plot, and of texts from what is before them, in sizes of the text. */
const LANE = 0.8
const BEFORE = 0.7
/** Length of the hooks of a bracket over the distance of lanes. */
const HOOK = 0.6
/** Of a width that was measured before. */
const ROUNDING = 1e-6

/** Brackets that have room, with the widths of their lanes and of a column of texts. */
interface Placed extends BracketLanes {
  beside: number
  text: number
}

/** @param most width of all. Brackets without room are left out, the longest first, and then texts are shortened */
function placedBrackets(marks: readonly Mark[], most: number, style: PageStyle): Placed {
  const all = bracketLanes(marks)
  const widest = Math.max(0, ...all.brackets.map(({ text }) => textWidth(text, { size: style.font })))
  let lanes = Math.min(all.lanes, Math.floor((most / 2 / style.font - BEFORE) / LANE))
  while (lanes > 1 && inLanes(all, lanes, most, style).room < widest) lanes--
  const { room, ...shown } = inLanes(all, lanes, most, style)
  return { ...shown, text: Math.min(widest, room) }
}

/** The brackets of the first lanes, and the room for each of their texts. */
function inLanes(all: BracketLanes, lanes: number, most: number, { font }: PageStyle) {
  const shown = bracketLanes(all.brackets.filter(({ lane }) => lane < lanes))
  const beside = (BEFORE + LANE * (shown.lanes - 1)) * font
  return { ...shown, beside, room: (most - beside) / Math.max(1, shown.columns) - BEFORE * font }
}

/** Space for brackets at the right of a plot. */
export function bracketsWidth(marks: readonly Mark[], most: number, style: PageStyle): number {
  const { brackets, columns, beside, text } = placedBrackets(marks, most, style)
  return brackets.length === 0 ? 0 : beside + columns * (BEFORE * style.font + text)
}

/** @param left where their space begins */
export function drawBrackets(marks: readonly Mark[], left: number, most: number, { box, y, style }: Frame): Shape[] {
  const { font } = style
  const { brackets, beside, text: width } = placedBrackets(marks, most, style)
  const down = (row: number) => box.top + (1 - y.at(row)) * box.height
  return brackets.flatMap(({ from, to, text, lane, column }) => {
    const right = left + (BEFORE + lane * LANE) * font
    const hook = right - HOOK * LANE * font
    const line: Point[] = [[hook, down(from)], [right, down(from)], [right, down(to)], [hook, down(to)]]
    const start = left + beside + BEFORE * font + column * (BEFORE * font + width)
    return [
      { kind: 'polylines', lines: [line], stroke: strokeOf(INK, style.line / 2) },
      words(fitted(text, width + ROUNDING, { size: font }), [start, down(to) + (CAPITAL * font) / 2], { size: font }),
    ]
  })
}
