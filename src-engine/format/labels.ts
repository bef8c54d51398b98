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
 * Text that fits, without what must be left out: whole words, in a single long word characters, never a part of a number. Numbers are kept
 * first, the last ones before others, because they tell the runs of a sweep apart; then words from both ends. Hover must show the whole text.
 */
export function fittedLabel(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text
  const words = fitted(piecesOf(text, WORD), fits)
  return words === ELLIPSIS ? fitted(piecesOf(text, /./gsu), fits) : words
}

/** Start of a sentence, or of a list of facts such as 'epoch 3 of 9 · 1 min 32 s left', that fits. Hover must show the whole text. */
export function fittedStart(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text
  const parts = text.split(PART)
  const wholeParts = parts.slice(1).map((_, index) => [...parts.slice(0, index + 1), ELLIPSIS].join(PART))
  const pieces = piecesOf(parts[0]!, WORD)
  const words = pieces.map((_, count) => `${pieces.slice(0, count).map((piece) => piece.text).join('')}${ELLIPSIS}`)
  return [...words, ...wholeParts].findLast(fits) ?? ELLIPSIS
}

/** The text in parts, in order: numbers with their powers of ten, and what is between them. */
export const numbersIn = (text: string): Piece[] => piecesOf(text, /.+/su)

export interface Piece {
  text: string
  isNumber: boolean
}

/** The text in pieces that are shown or left out as a whole. */
function piecesOf(text: string, piece: RegExp): Piece[] {
  const split = (part: string) => (part.match(piece) ?? []).map((one) => ({ text: one, isNumber: false }))
  const pieces: Piece[] = []
  let end = 0
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    pieces.push(...split(text.slice(end, index)), { text: number, isNumber: true })
    end = index + number.length
  }
  return [...pieces, ...split(text.slice(end))]
}

/** Numbers from the last to the first, as many as fit, then words from both ends inwards. */
function fitted(pieces: readonly Piece[], fits: (text: string) => boolean): string {
  const kept = new Set<number>()
  const keep = (index: number): boolean => {
    kept.add(index)
    if (fits(shown(pieces, kept))) return true
    kept.delete(index)
    return false
  }
  for (const index of indicesOf(pieces, true).reverse()) keep(index)
  const words = indicesOf(pieces, false)
  let [fromEnd, fromStart] = [true, true]
  while (words.length > 0 && (fromEnd || fromStart)) {
    fromEnd &&= keep(words.pop()!)
    if (words.length > 0) fromStart &&= keep(words.shift()!)
  }
  return shown(pieces, kept)
}

const indicesOf = (pieces: readonly Piece[], areNumbers: boolean): number[] =>
  pieces.flatMap(({ isNumber }, index) => (isNumber === areNumbers ? [index] : []))

/** The kept pieces, with one ellipsis for each gap, and the spaces at both sides of a gap. */
function shown(pieces: readonly Piece[], kept: ReadonlySet<number>): string {
  let [text, gap] = ['', '']
  const closeGap = (isEnd: boolean) => {
    if (gap === '') return
    text += `${text !== '' && gap.startsWith(' ') ? ' ' : ''}${ELLIPSIS}${!isEnd && gap.endsWith(' ') ? ' ' : ''}`
    gap = ''
  }
  for (const [index, piece] of pieces.entries()) {
    if (!kept.has(index)) gap += piece.text
    else {
      closeGap(false)
      text += piece.text
    }
  }
  closeGap(true)
  return text
}

/** Text whose numbers, such as 2 × 10⁻⁵ and n = 3, are not broken at the end of a line. */
export const unbroken = (text: string) => text.replace(/ (?=[×±=] )|(?<= [×±=]) /g, '\u00a0')

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
const wordsOf = (text: string) => (unbroken(text).match(/[^ ]+ *| +/g) ?? []).map((word) => word.replaceAll('\u00a0', ' '))
