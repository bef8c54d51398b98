/** Widths are estimates, because figures may be set wider than in the canvas. */
const RESERVE = 1.02

let context: CanvasRenderingContext2D | null = null
const known = new Map<string, number>()
/** More words than a screen shows. */
const MOST_KNOWN = 5000

/** Width of a text on one line in a font, px: the sum of its words, which are measured once. @param font as in CSS: '600 13px system-ui' */
export const textWidth = (text: string, font: string): number =>
  text.split(' ').reduce((sum, word, index) => sum + wordWidth(word, font) + (index > 0 ? wordWidth(' ', font) : 0), 0)

function wordWidth(word: string, font: string): number {
  const key = `${font}\n${word}`
  const found = known.get(key)
  if (found !== undefined) return found
  context ??= document.createElement('canvas').getContext('2d')
  if (context === null) return 0
  context.font = font
  const width = RESERVE * context.measureText(word).width
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, width)
  return width
}

/** Font of an element, for `textWidth`. */
export function fontOf(element: Element): string {
  const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(element)
  return `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`
}
