import { oneLine } from '../../format/hidden-characters.ts'
import { fittedLabel, unbroken } from '../../format/labels.ts'
import type { Colour } from '../figure.ts'
import { widths } from './font-widths.ts'
import type { Point, Words } from './scene.ts'
import { INK } from './style.ts'

export interface TextStyle {
  size: number
  isBold?: boolean
}

/** Width of a character that the font does not have, in thousandths of its size. */
const UNKNOWN = 1000

/** Width of a text in the font of pages, in the unit of its size. Without kerning. Hidden characters are as wide as `words` shows them. */
export function textWidth(text: string, { size, isBold = false }: TextStyle): number {
  const own = isBold ? widths.bold : widths.regular
  let sum = 0
  for (const character of oneLine(text)) sum += own.get(character) ?? UNKNOWN
  return (sum * size) / 1000
}

/** The text, or what fits of it. No number is cut. */
export const fitted = (text: string, width: number, style: TextStyle) =>
  fittedLabel(text, (part) => textWidth(part, style) <= width)

/** Of a width that was measured before. */
const ROUNDING = 1e-6

/** Lines that fit, broken between words; none of no text. A longer word has a line of its own, shortened. */
export function wrapped(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = []
  for (const word of text === '' ? [] : unbroken(text).split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)!} ${word}` : word
    if (lines.length > 0 && textWidth(longer, style) <= width + ROUNDING) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => fitted(broken(line), width + ROUNDING, style))
}

/** The text in at most so many lines, or what fits of it. */
export function wrappedIn(most: number, text: string, width: number, style: TextStyle): string[] {
  const isWhole = (part: string) => {
    const lines = wrapped(part, width, style)
    return lines.length <= most && lines.join(' ') === broken(part)
  }
  return wrapped(fittedLabel(text, isWhole), width, style)
}

/** With the spaces that were kept from breaking. */
const broken = (text: string) => text.replaceAll('\u00a0', ' ')

export const longestWord = (text: string, style: TextStyle) =>
  Math.max(0, ...unbroken(text).split(' ').map((word) => textWidth(word, style)))

/** A text on a page, with hidden characters shown. */
export const words = (
  text: string, at: Point, { size, isBold = false, anchor = 'start', colour = INK, isTurned = false }:
  TextStyle & { anchor?: Words['anchor']; colour?: Colour; isTurned?: boolean },
): Words => ({ kind: 'words', text: oneLine(text), at, size, isBold, colour, anchor, isTurned })
