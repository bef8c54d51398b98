import type { Box, Point, Shape } from './scene.ts'
import { CAPITAL, FAINT, GRID, LEADING, type PageStyle } from './style.ts'
import { fitted, words, wrapped } from './text.ts'

/** Between the text and the border, in sizes of the text. */
const INSET = 1

/** An empty box that says why it is empty. A text that has no room in it is shortened. */
export function drawMissing(text: string, { left, top, width, height }: Box, { font, line }: PageStyle): Shape[] {
  const room = width - 2 * INSET * font
  const all = wrapped(text, room, { size: font })
  const count = Math.max(1, Math.floor((height - 2 * INSET * font) / (LEADING * font)))
  const lines = all.length <= count ? all : [...all.slice(0, count - 1), fitted(`${all[count - 1]!} …`, room, { size: font })]
  const first = top + height / 2 - ((lines.length - 1) / 2) * LEADING * font + (CAPITAL * font) / 2
  const border: Point[] = [[left, top], [left + width, top], [left + width, top + height], [left, top + height], [left, top]]
  return [
    { kind: 'polylines', lines: [border], stroke: { colour: GRID, width: line } },
    ...lines.map((each, index) =>
      words(each, [left + width / 2, first + index * LEADING * font], { size: font, anchor: 'middle', colour: FAINT })),
  ]
}
