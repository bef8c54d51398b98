import type { Dash, KeyEntry } from '../figure.ts'
import type { Point, Shape } from './scene.ts'
import { CAPITAL, INK, LEADING, type PageStyle, scaled } from './style.ts'
import { AREA, crossAt, HALF, strokeOf, symbolAt, uprightAt } from './symbols.ts'
import { textWidth, words, wrapped } from './text.ts'

/** Widths of a sample with the space before its text, of that space, and between entries, beside text of two columns. */
const [SAMPLE, BEFORE, GAP] = [16, 4, 12]
/** Space that an entry takes besides its text. */
export const sampleWidth = (style: PageStyle) => SAMPLE * scaled(style)

/** Entries one below the other. */
export const drawColumn = (key: readonly KeyEntry[], left: number, top: number, width: number, style: PageStyle): Shape[] =>
  key.flatMap((entry, index) => drawEntry(entry, left, top + index * LEADING * style.font, width, style))

/** Entries beside each other, in as many lines as they need. A longer entry is wrapped. */
export function drawRows(key: readonly KeyEntry[], left: number, top: number, width: number, style: PageStyle): Shape[] {
  let [x, y, lines] = [left, top, 1]
  return key.flatMap((entry) => {
    const own = Math.min(width, sampleWidth(style) + textWidth(entry.text, { size: style.font }))
    if (x > left && x + own > left + width) [x, y] = [left, y + lines * LEADING * style.font]
    const shapes = drawEntry(entry, x, y, own, style)
    lines = linesOf(entry, own, style).length
    x += own + GAP * scaled(style)
    return shapes
  })
}

/** Height of entries beside each other. */
export function rowsHeight(key: readonly KeyEntry[], width: number, style: PageStyle): number {
  const lines = drawRows(key, 0, 0, width, style).flatMap((shape) => (shape.kind === 'words' ? [shape.at[1]] : []))
  return new Set(lines).size * LEADING * style.font
}

function drawEntry(entry: KeyEntry, left: number, top: number, width: number, style: PageStyle): Shape[] {
  const { font } = style
  const [baseline, sample] = [top + font, sampleWidth(style)]
  return [
    ...(entry.number === undefined ? [] : [words(entry.number, [left + sample - 5 * scaled(style), baseline], { size: font, anchor: 'end' })]),
    ...sampleOf(entry, left, baseline - (CAPITAL * font) / 2, style),
    ...linesOf(entry, width, style).map((line, index) =>
      words(line, [left + sample, baseline + index * LEADING * font], { size: font, colour: INK })),
  ]
}

const linesOf = ({ text }: KeyEntry, width: number, style: PageStyle) =>
  wrapped(text, width - sampleWidth(style), { size: style.font })

/** Area, line and symbol of an entry, in this order. */
function sampleOf({ colour, symbol, dash, isArea }: KeyEntry, left: number, middle: number, style: PageStyle): Shape[] {
  const { font, line } = style
  const width = (SAMPLE - BEFORE) * scaled(style)
  const [right, half] = [left + width, 0.42 * font]
  const at = dash === undefined && !isArea ? 5 * scaled(style) : width / 2
  const outline: Point[] = [[left, middle - half], [right, middle - half], [right, middle + half], [left, middle + half]]
  return [
    ...(isArea ? [{ kind: 'polylines' as const, lines: [outline], fill: colour, opacity: AREA }] : []),
    ...(dash === undefined ? [] : [strokes([[[left, middle], [right, middle]]], colour, line, dash)]),
    ...(symbol === undefined ? [] : [symbolOf(symbol, [left + at, middle], colour, style)]),
  ]
}

function symbolOf(symbol: NonNullable<KeyEntry['symbol']>, centre: Point, colour: string, style: PageStyle): Shape {
  if (symbol === 'cross') return strokes(crossAt(centre, HALF.cross * scaled(style)), colour, style.line)
  if (symbol === 'stroke') return strokes(uprightAt(centre, HALF.stroke * scaled(style)), colour, style.line)
  return symbolAt(centre, symbol, colour, 2.6, style)
}

const strokes = (lines: Point[][], colour: string, width: number, dash?: Dash): Shape =>
  ({ kind: 'polylines', lines, stroke: strokeOf(colour, width, dash) })
