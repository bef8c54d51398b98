/** Shortening of names and labels, which never cuts a number. */

const ELLIPSIS = '…'
/** Parts of a label: 'Sign · Rate 0.5' has two. */
const PART = ' · '

/** A number with its error and its power of ten, as `numbers.ts` and people write it. */
const NUMBER = /[+\-−]?\d[\d.,\u2009\u202f\u00a0]*(?:e[+-]?\d+)?(?: ± [\d.,]+)?\)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu
/** A word with the separators after it. */
const WORD = /[^\s/_-]+[\s/_-]*|[\s/_-]+/gu

/** Labels without the parts that all of them share, so that what is left tells them apart. A single label stays whole. */
export function distinctLabels(labels: readonly string[]): string[] {
  const parts = labels.map((label) => label.split(PART))
  const [first = [], ...others] = parts
  const isShared = (part: string) => others.every((other) => other.includes(part))
  const shared = new Set(others.length === 0 ? [] : first.filter(isShared))
  const short = parts.map((own) => own.filter((part) => !shared.has(part)).join(PART))
  const isDistinct = short.every((label) => label !== '') && new Set(short).size === new Set(labels).size
  return isDistinct ? short : [...labels]
}

/**
 * Text that fits, with its middle left out where it must be: between words, in a long word between characters, never in a number.
 * The last part and then both ends are kept, because runs of a sweep differ at the end of their names. Hover must show the whole text.
 */
export function fittedLabel(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text
  const [words, characters] = [piecesOf(text, WORD), piecesOf(text, /./gsu)]
  return withoutMiddle(words, fits) ?? withoutMiddle(characters, fits) ?? withoutEnd(words, fits)
}

/** Text in lines of at most so many characters, broken between words, never in a number. A longer word or number has a line of its own. */
export function wrappedLabel(text: string, most: number): string {
  const lines = ['']
  for (const piece of wordsOf(text)) {
    const last = lines[lines.length - 1]
    if (last !== '' && (last + piece).trimEnd().length > most) lines.push(piece)
    else lines[lines.length - 1] = last + piece
  }
  return lines.map((line) => line.trimEnd()).join('\n')
}

/** Words with the space after them. A number is one word with its power of ten. */
const wordsOf = (text: string) => text.replace(/ (?=[×±] )|(?<=[×±]) /g, GLUE).match(/[^ ]+ *| +/g)?.map((word) => word.replaceAll(GLUE, ' ')) ?? []
/** Stands for a space inside a number. In no text. */
const GLUE = '\ue000'

/** The text in pieces that are shown or left out as a whole. */
function piecesOf(text: string, piece: RegExp): string[] {
  const split = (part: string) => part.match(piece) ?? []
  const pieces: string[] = []
  let end = 0
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    pieces.push(...split(text.slice(end, index)), number)
    end = index + number.length
  }
  return [...pieces, ...split(text.slice(end))]
}

/** Null if not even the last piece fits. */
function withoutMiddle(pieces: readonly string[], fits: (text: string) => boolean): string | null {
  let [head, tail] = [0, pieces.length]
  const grow = (from: number, to: number): boolean => {
    if (from >= to || !fits(shown(pieces, from, to))) return false
    ;[head, tail] = [from, to]
    return true
  }
  if (!grow(0, tail - 1)) return null
  const lastPart = 1 + pieces.findLastIndex((piece) => piece.includes('·'))
  while (tail > lastPart && grow(head, tail - 1));
  while (grow(head + 1, tail) || grow(head, tail - 1));
  return shown(pieces, head, tail)
}

function withoutEnd(pieces: readonly string[], fits: (text: string) => boolean): string {
  const count = pieces.findLastIndex((_, index) => fits(shown(pieces, index + 1, pieces.length)))
  return shown(pieces, count + 1, pieces.length)
}

function shown(pieces: readonly string[], head: number, tail: number): string {
  const gap = tail < pieces.length && pieces[tail - 1].endsWith(' ') ? ' ' : ''
  return `${pieces.slice(0, head).join('')}${ELLIPSIS}${gap}${pieces.slice(tail).join('')}`
}
