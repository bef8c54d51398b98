import type { Delimiter, LayoutSpec, TextLayout } from '../experiment/tasks/layout.ts'
import { counted } from '../format/words.ts'
import { type Column, withRoles } from './column.ts'
import { cellsOf, type Content, type Guess, guessLayout } from './guess.ts'
import { FEWEST_ROWS } from './limits.ts'
import { isMissing, numberReader, type ReadNumber } from './numbers.ts'
import { type Refusal, refused, showCell } from './refused.ts'
import { countRows, isComment, Rows, withoutSign } from './rows.ts'
import { isTime } from './times.ts'
import { unitInName, withoutBrackets, withoutQuotes } from './units.ts'

export interface TextTable {
  ok: true
  columns: Column[]
  /** Complete: a text with this layout is read without a guess. */
  layout: TextLayout
  guess: Guess
  /** Rows of the text that are not part of the table, and why: comments, totals, repeated names. */
  notes: string[]
}

/**
 * Reads the columns of a text in one pass. What the layout leaves open is guessed from the first 1000 rows. Rows are lines of the text,
 * counted from 1. Missing numbers are NaN.
 * @param onProgress receives the share of the text that is read, every few thousand rows
 */
export function readTextTable(text: string, wanted: LayoutSpec = {}, onProgress?: OnProgress): TextTable | Refusal {
  const guess = guessLayout(text, wanted)
  if (!guess.ok) return guess
  const reader = new TableReader(text, guess)
  const refusal = reader.read(onProgress)
  return refusal ?? { ok: true, guess, ...reader.result() }
}

/** @param share from 0 to 1 */
export type OnProgress = (share: number) => void

/** Rows between two reports of progress. */
const REPORT_ROWS = 4096

/** A row that is not like the others. */
interface Stray { line: number; rule: string; found: string }

class TableReader {
  readonly #text: string
  readonly #layout: TextLayout
  readonly #columns: ColumnReader[]
  readonly #names: readonly string[]
  #comments = 0
  #repeated = 0
  #length = 0
  /** Last row of the table. */
  #last = 0
  #strays: Stray[] = []

  constructor(text: string, guess: Guess) {
    this.#text = text
    this.#layout = guess.layout
    const { header, units, delimiter } = guess.layout
    const labels = cellsAt(text, delimiter, [header, units])
    this.#names = withoutEnd(labels.get(header) ?? [])
    const titles = this.#names.map(withoutQuotes)
    const unitCells = labels.get(units) ?? []
    const capacity = countRows(text)
    const readNumber = numberReader(guess.layout)
    // R leaves out the name of its row numbers.
    const { contents } = guess
    const shift = header > 0 && this.#names.length === contents.length - 1 && contents.length > 2 && contents[0] !== 'time' ? 1 : 0
    const names = guess.contents.map((_, index) => titles[index - shift] ?? '')
    this.#columns = guess.contents.map((content, index) => {
      const given = names[index]!
      const name = given === '' || names.indexOf(given) !== index ? `${given} #${index + 1}`.trim() : given
      const unit = withoutBrackets(withoutQuotes(unitCells[index - shift] ?? '')) || unitInName(given)
      return new ColumnReader(name, unit, content, capacity, readNumber)
    })
  }

  /** @returns why the text is refused, or null */
  read(onProgress?: OnProgress): Refusal | null {
    const { delimiter, from, to } = this.#layout
    const rows = new Rows(this.#text, delimiter)
    for (let count = 1; rows.next(); count++) {
      if (count % REPORT_ROWS === 0) onProgress?.(rows.end / this.#text.length)
      if (rows.line < from) continue
      if (to > 0 && rows.line > to) break
      if (rows.unclosed) return refused(`Row ${rows.line}`, 'has a quotation mark that is not closed')
      if (!rows.isBlank) this.#take(rows)
      const [stray] = this.#strays
      if (stray && this.#last > stray.line) return this.#refuse(stray)
    }
    // A long tail of other rows is another table.
    if (this.#strays.length > Math.max(MOST_FOOTER, this.#length / 10)) return this.#refuse(this.#strays[0]!)
    return null
  }

  #refuse({ line, rule, found }: Stray): Refusal {
    return refused(`Row ${line}`, `${rule}. Correct it, or read the rows before it with layout.to=${line - 1}`, found)
  }

  #take(rows: Rows): void {
    const { cells, line } = rows
    for (const [index, column] of this.#columns.entries()) column.take(cells[index] ?? '')
    const rule = this.#strayRule(cells)
    if (rule === null && !this.#isRemark(rows)) {
      for (const column of this.#columns) column.keep(line, this.#length)
      this.#length += 1
      this.#last = line
    } else if (this.#isRemark(rows)) this.#comments += 1
    else if (this.#repeats(cells)) this.#repeated += 1
    else if (this.#strays.length <= this.#length + MOST_FOOTER) {
      this.#strays.push({ line, rule: rule ?? '', found: showCell(cells.join(' ')) })
    }
  }

  #isRemark(rows: Rows): boolean {
    const [first] = this.#columns
    return first!.content !== 'text' && first!.isWrong && isComment(this.#text, rows)
  }

  #repeats(cells: readonly string[]): boolean {
    const { length } = this.#names
    return length > 0 && cells.length >= length && this.#names.every((name, index) => name === cells[index])
  }

  /** What is wrong with a row that is not like the others, or null. A single wrong cell is a problem of its column only. */
  #strayRule(cells: readonly string[]): string | null {
    const wanted = this.#columns.length
    if (cells.length > wanted && cells.slice(wanted).some((cell) => cell !== '')) {
      return `must have ${counted(wanted, 'cell')}, like the rows before it`
    }
    const [first] = this.#columns
    if (wanted > 1 && first!.content !== 'text' && first!.isWrong) return `must begin with a ${first!.content}`
    let [right, wrong] = [0, 0]
    for (const column of this.#columns) {
      if (column.content === 'text' || column.isEmpty) continue
      if (column.isWrong) wrong += 1
      else right += 1
    }
    return right === 0 && (wrong > 0 || cells.length < wanted) ? 'must have numbers' : null
  }

  result(): Pick<TextTable, 'columns' | 'layout' | 'notes'> {
    const total = this.#dropTotal()
    const footer = this.#strays.length
    const notes = [
      ...(this.#comments > 0 ? [`${counted(this.#comments, 'comment')} left out`] : []),
      ...(this.#repeated > 0 ? [`names repeated in ${counted(this.#repeated, 'row')} left out`] : []),
      ...(footer > 0 ? [`${counted(footer, 'row')} after the table left out, from row ${this.#strays[0]!.line} on: ${this.#strays[0]!.found}`] : []),
      ...(total > 0 ? [`total in row ${total} left out`] : []),
    ]
    // The end is kept only where something follows it, so that a longer file of the same layout is read to its end.
    const to = this.#layout.to > 0 ? this.#layout.to : footer > 0 || total > 0 ? this.#last : 0
    const columns = withRoles(this.#columns.map((column) => column.result(this.#length)))
    return { columns, layout: { ...this.#layout, to }, notes }
  }

  /** A last row that alone lacks its first cell and has the sum of another column is a total. @returns its row, or 0 */
  #dropTotal(): number {
    const [first, ...others] = this.#columns
    const isNamed = this.#length < 4 || !first!.lacksOnlyLast(this.#length)
    if (isNamed || !others.some((column) => column.endsWithSum(this.#length))) return 0
    const row = this.#last
    for (const column of this.#columns) column.dropLast()
    this.#length -= 1
    this.#last = row - 1
    return row
  }
}

/** Rows after the table that a program may add: totals, an end mark, a signature. */
const MOST_FOOTER = 20

class ColumnReader {
  readonly name: string
  readonly content: Content
  readonly #unit: string
  readonly #readNumber: ReadNumber
  readonly #values: Float64Array
  #cell = ''
  #value = NaN
  /** The last cell is no value of this column's content, and does not say that one is missing. */
  isWrong = false
  #gaps = 0
  #firstGap = 0
  #isLastGap = false
  #firstWrong: Stray | null = null

  constructor(name: string, unit: string, content: Content, capacity: number, readNumber: ReadNumber) {
    this.name = name
    this.#unit = unit
    this.content = content
    this.#readNumber = readNumber
    this.#values = new Float64Array(content === 'number' ? capacity : 0)
  }

  /** Looks at the cell of a row, which `keep` then adds or not. */
  take(cell: string): void {
    this.#cell = cell
    this.#value = this.content === 'number' ? this.#readNumber(cell) : NaN
    const isRight = !Number.isNaN(this.#value) || this.content === 'text' || isMissing(cell) || (this.content === 'time' && isTime(cell))
    this.isWrong = !isRight
  }

  get isEmpty(): boolean {
    return this.#cell === ''
  }

  keep(line: number, index: number): void {
    if (this.content === 'text') {
      if (this.#cell !== '') this.#firstWrong ??= this.#wrong(line)
      return
    }
    if (this.content === 'number') this.#values[index] = this.#value
    if (this.isWrong) this.#firstWrong ??= this.#wrong(line)
    this.#isLastGap = !this.isWrong && (this.content === 'number' ? Number.isNaN(this.#value) : isMissing(this.#cell))
    if (this.#isLastGap) this.#gap(line)
  }

  #gap(line: number): void {
    this.#gaps += 1
    this.#firstGap ||= line
  }

  #wrong(line: number): Stray {
    return { line, rule: 'must be a finite number', found: showCell(this.#cell) }
  }

  lacksOnlyLast(length: number): boolean {
    return this.#gaps === 1 && this.#isLastGap && (this.content === 'time' || Number.isNaN(this.#values[length - 1]))
  }

  endsWithSum(length: number): boolean {
    if (this.content !== 'number') return false
    const sum = this.#values.subarray(0, length - 1).reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0)
    return sum !== 0 && Math.abs(this.#values[length - 1]! - sum) <= 1e-6 * Math.abs(sum)
  }

  dropLast(): void {
    if (!this.#isLastGap) return
    this.#gaps -= 1
    if (this.#gaps === 0) this.#firstGap = 0
  }

  result(length: number): Omit<Column, 'role' | 'why'> {
    const problem = this.#problem(length)
    const { name, content } = this
    const about = { name, unit: this.#unit, content, gaps: this.#gaps, firstGap: this.#firstGap, problem }
    return { ...about, values: problem === null ? this.#values.subarray(0, length) : new Float64Array() }
  }

  #problem(length: number): Column['problem'] {
    const place = `Column '${this.name}'`
    if (this.#firstWrong) {
      const { line, rule, found } = this.#firstWrong
      return { path: `Row ${line}, column '${this.name}'`, rule, found }
    }
    if (this.content === 'time') return { path: place, rule: 'must have numbers', found: 'dates or times' }
    if (this.content === 'text' || this.#gaps === length) return { path: place, rule: 'must have numbers', found: 'only empty cells' }
    return length < FEWEST_ROWS ? { path: place, rule: `must have at least ${FEWEST_ROWS} rows`, found: counted(length, 'row') } : null
  }
}

/** Cells of some rows, by their line. */
function cellsAt(text: string, delimiter: Delimiter, wanted: readonly number[]): Map<number, string[]> {
  const last = Math.max(...wanted)
  const rows = new Rows(text, delimiter)
  const found = new Map<number, string[]>()
  while (rows.line < last && rows.next()) {
    if (!wanted.includes(rows.line)) continue
    const line = text.slice(rows.start, rows.end)
    found.set(rows.line, isComment(text, rows) ? cellsOf(withoutSign(line), delimiter) : [...rows.cells])
  }
  return found
}

/** Without empty cells at the end, which a delimiter at the end of a row makes. */
const withoutEnd = (cells: string[]) => cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
