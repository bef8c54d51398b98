import Papa from 'papaparse'
import { FEWEST_ROWS, MOST_COLUMNS, refused, type SignalColumn, type SignalTable } from './column.ts'

/**
 * Reads the columns of a CSV text with a header. A column is numeric only if every cell is a finite number;
 * otherwise its problem names the first cell that is not. Rows are counted as in a spreadsheet: the header is row 1.
 * The delimiter is detected automatically: comma, semicolon, tab or bar.
 */
export function parseCsvColumns(text: string): SignalTable {
  let table: Table | null = null
  let refusal: SignalTable | null = null
  let row = 0
  Papa.parse<string[]>(text, {
    step({ data, errors }, parser) {
      row += 1
      if (errors.some(({ type }) => type === 'Quotes')) refusal = refused(`Row ${row}`, 'has a quotation mark that is not closed or not doubled')
      else if (isBlank(data)) return
      else if (table === null) [table, refusal] = begin(data, row)
      else refusal = table.add(data, row)
      if (refusal) parser.abort()
    },
  })
  return refusal ?? (table as Table | null)?.result() ?? refused('', 'must have a header and rows of numbers', 'an empty file')
}

const isBlank = (cells: string[]) => cells.length === 1 && cells[0]!.trim() === ''

function begin(header: string[], row: number): [Table | null, SignalTable | null] {
  if (header.length > MOST_COLUMNS) return [null, refused(`Row ${row}`, `must have at most ${MOST_COLUMNS} columns`, `${header.length} columns`)]
  if (header.every(isNumber)) return [null, refused(`Row ${row}`, 'must be a header with the names of the columns', 'only numbers')]
  return [new Table(header.map((cell) => cell.trim())), null]
}

class Table {
  readonly #columns: SignalColumn[]
  constructor(names: string[]) {
    this.#columns = names.map((name, index) => column(name || `#${index + 1}`, names.indexOf(name) === index || name === ''))
  }

  /** @returns why the whole file is refused, or null */
  add(cells: string[], row: number): SignalTable | null {
    if (cells.slice(this.#columns.length).some((cell) => cell.trim() !== '')) {
      return refused(`Row ${row}`, `must have ${this.#columns.length} cells, like the header`, `${cells.length} cells`)
    }
    this.#columns.forEach((column, index) => addCell(column, cells[index] ?? '', row))
    return null
  }

  result(): SignalTable {
    for (const column of this.#columns) {
      if (column.problem) column.values = []
      else if (column.values.length < FEWEST_ROWS) {
        column.problem = { path: place(column), rule: `must have at least ${FEWEST_ROWS} rows`, found: rowCount(column.values.length) }
      }
    }
    return { ok: true, columns: this.#columns }
  }
}

const place = ({ name }: Pick<SignalColumn, 'name'>) => `Column '${name}'`

const rowCount = (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}`

const column = (name: string, isFirst: boolean): SignalColumn => ({
  name,
  values: [],
  problem: isFirst ? null : { path: place({ name }), rule: 'must have a name of its own', found: 'a second column with this name' },
})

function addCell(column: SignalColumn, cell: string, row: number): void {
  if (column.problem) return
  if (isNumber(cell)) column.values.push(Number(cell))
  else column.problem = { path: `Row ${row}, column '${column.name}'`, rule: 'must be a finite number', found: show(cell.trim()) }
}

const NUMBER = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i

const isNumber = (cell: string): boolean => NUMBER.test(cell) && Number.isFinite(Number(cell))

const LONGEST = 40

const show = (cell: string) => (cell === '' ? 'an empty cell' : `'${cell.length > LONGEST ? `${cell.slice(0, LONGEST)}…` : cell}'`)
