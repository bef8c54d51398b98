import Papa from 'papaparse'
import { FEWEST_ROWS, MOST_COLUMNS, refused, type SignalColumn, type SignalTable } from './column.ts'

/**
 * The columns of a CSV text with a header. A column counts as numbers only if every cell of it is a finite number;
 * otherwise its problem names the first cell that is not. Rows are counted as a spreadsheet does: the header is row 1.
 * The delimiter is found by itself: comma, semicolon, tab or bar.
 */
export function parseCsvColumns(text: string): SignalTable {
  let table: Table | null = null
  let refusal: SignalTable | null = null
  let row = 0
  Papa.parse<string[]>(text, {
    step({ data, errors }, parser) {
      row += 1
      if (errors.some(({ type }) => type === 'Quotes')) refusal = refused(`row ${row}`, 'a quotation mark that is not closed or not doubled', 'quotes as in RFC 4180')
      else if (isBlank(data)) return
      else if (table === null) [table, refusal] = begin(data, row)
      else refusal = table.add(data, row)
      if (refusal) parser.abort()
    },
  })
  return refusal ?? (table as Table | null)?.result() ?? refused('', 'an empty file', 'a header and rows of numbers')
}

const isBlank = (cells: string[]) => cells.length === 1 && cells[0].trim() === ''

function begin(header: string[], row: number): [Table | null, SignalTable | null] {
  if (header.length > MOST_COLUMNS) return [null, refused(`row ${row}`, `${header.length} columns`, `at most ${MOST_COLUMNS}`)]
  if (header.every(isNumber)) return [null, refused(`row ${row}`, 'numbers only', 'a header with the names of the columns')]
  return [new Table(header.map((cell) => cell.trim())), null]
}

class Table {
  readonly #columns: SignalColumn[]
  constructor(names: string[]) {
    this.#columns = names.map((name, index) => column(name || `#${index + 1}`, names.indexOf(name) === index || name === ''))
  }

  /** @returns why the whole file is refused, or null. */
  add(cells: string[], row: number): SignalTable | null {
    if (cells.slice(this.#columns.length).some((cell) => cell.trim() !== '')) {
      return refused(`row ${row}`, `${cells.length} cells`, `${this.#columns.length}, as in the header`)
    }
    this.#columns.forEach((column, index) => addCell(column, cells[index] ?? '', row))
    return null
  }

  result(): SignalTable {
    for (const column of this.#columns) {
      if (column.problem) column.values = []
      else if (column.values.length < FEWEST_ROWS) {
        column.problem = { path: place(column), found: `${column.values.length} rows`, allowed: `at least ${FEWEST_ROWS}` }
      }
    }
    return { ok: true, columns: this.#columns }
  }
}

const place = ({ name }: SignalColumn) => `column '${name}'`

const column = (name: string, isFirst: boolean): SignalColumn => ({
  name,
  values: [],
  problem: isFirst ? null : { path: `column '${name}'`, found: 'a second column of that name', allowed: 'each name once' },
})

function addCell(column: SignalColumn, cell: string, row: number): void {
  if (column.problem) return
  if (isNumber(cell)) column.values.push(Number(cell))
  else column.problem = { path: `row ${row}, ${place(column)}`, found: show(cell.trim()), allowed: 'a finite number' }
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i

const isNumber = (cell: string): boolean => NUMBER.test(cell) && Number.isFinite(Number(cell))

const LONGEST = 40

const show = (cell: string) => (cell === '' ? 'nothing' : `'${cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell}'`)
