import type { Delimiter } from '../experiment/tasks/layout.ts'
import { MOST_CELLS } from './limits.ts'

const codes: Readonly<Record<Delimiter, number>> = { comma: 0x2c, semicolon: 0x3b, tab: 0x09, bar: 0x7c, spaces: 0x20, none: -1 }
const QUOTE = 0x22
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const TAB = 0x09
const SPACE = 0x20
const NO_BREAK_SPACE = 0xa0
const BYTE_ORDER_MARK = 0xfeff

/**
 * Reads a text row by row, in one pass. A row ends at CR, LF or CR LF, also if they are mixed. A cell that begins with a quotation mark
 * ends at the next one that is not doubled, and may contain delimiters and ends of lines. With anything behind that mark, as in "3"125,
 * the cell is as it is written: without its marks it would be another number.
 */
export class Rows {
  /** Line of the text at which the row begins, counted from 1. */
  line = 0
  /** Trimmed. The same array for every row. Of more than `MOST_CELLS`, the last that is not empty is kept for all others. */
  readonly cells: string[] = []
  /** Position of the first character of the row, and of the one after its last. */
  start = 0
  end = 0
  /** A quotation mark of the row is never closed. The rest of the text is in its cell. */
  unclosed = false
  readonly #text: string
  readonly #code: number
  readonly #merges: boolean
  #next = 0
  #nextLine = 1

  constructor(text: string, delimiter: Delimiter, from = { position: 0, line: 1 }) {
    this.#text = text
    this.#code = codes[delimiter]
    this.#merges = delimiter === 'spaces'
    this.#next = from.position
    this.#nextLine = from.line
  }

  /** @returns false after the last row */
  next(): boolean {
    const text = this.#text
    if (this.#next >= text.length) return false
    this.cells.length = 0
    this.line = this.#nextLine
    let at = this.start = this.#next
    for (;;) {
      at = this.#cell(at)
      if (at >= text.length || text.charCodeAt(at) === LINE_FEED || text.charCodeAt(at) === CARRIAGE_RETURN) break
      at += 1
      // A delimiter at the end of the text ends an empty cell.
      if (at >= text.length) {
        if (!this.#merges) this.#add('')
        break
      }
    }
    this.end = at
    this.#next = at + (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED ? 2 : 1)
    this.#nextLine += 1
    return true
  }

  get isBlank(): boolean {
    return this.cells.every((cell) => cell === '')
  }

  /** Adds the cell that begins at a position. @returns the position of the delimiter or of the end of the line */
  #cell(from: number): number {
    const text = this.#text
    const code = this.#code
    let at = from
    while (at < text.length && isSpace(text.charCodeAt(at)) && text.charCodeAt(at) !== code) at += 1
    if (this.#merges) {
      while (isGap(text.charCodeAt(at))) at += 1
      if (at >= text.length || isEnd(text.charCodeAt(at))) return at
    }
    if (text.charCodeAt(at) === QUOTE) return this.#quoted(at)
    const start = at
    for (; at < text.length; at++) {
      const now = text.charCodeAt(at)
      if (now === code || isEnd(now) || (this.#merges && now === TAB)) break
    }
    let end = at
    while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1
    this.#add(text.slice(start, end))
    return at
  }

  #add(cell: string): void {
    if (this.cells.length < MOST_CELLS) this.cells.push(cell)
    else if (cell !== '') this.cells[MOST_CELLS - 1] = cell
  }

  #quoted(from: number): number {
    const text = this.#text
    let content = ''
    let at = from + 1
    for (;;) {
      const close = text.indexOf('"', at)
      if (close < 0) {
        this.unclosed = true
        this.#add(content + text.slice(at))
        return text.length
      }
      content += text.slice(at, close)
      at = close + 1
      if (text.charCodeAt(at) !== QUOTE) break
      content += '"'
      at += 1
    }
    const close = at
    while (at < text.length && text.charCodeAt(at) !== this.#code && !isEnd(text.charCodeAt(at))) at += 1
    this.#nextLine += linesIn(text, from, close)
    this.#add((text.slice(close, at).trim() === '' ? content : text.slice(from, at)).trim())
    return at
  }
}

/** Ends of lines between two positions. */
function linesIn(text: string, from: number, to: number): number {
  let lines = 0
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code === LINE_FEED || (code === CARRIAGE_RETURN && text.charCodeAt(at + 1) !== LINE_FEED)) lines += 1
  }
  return lines
}

/** Upper bound of the number of rows. */
export const countRows = (text: string): number => 1 + linesIn(text, 0, text.length)

const isEnd = (code: number) => code === LINE_FEED || code === CARRIAGE_RETURN
const isGap = (code: number) => code === SPACE || code === TAB
const isSpace = (code: number) => code === SPACE || code === TAB || code === NO_BREAK_SPACE || code === BYTE_ORDER_MARK

/** A line that programs skip: a remark or a setting. */
const COMMENT = /^\s*(?:#|%|\/\/|!|\*|"#)/

export const isComment = (text: string, { start, end }: { start: number; end: number }): boolean =>
  COMMENT.test(text.slice(start, Math.min(end, start + 80)))

/** A comment without its sign. */
export const withoutSign = (line: string): string => line.replace(/^\s*"?(?:[#%!*]+|\/\/)\s*/, '')
