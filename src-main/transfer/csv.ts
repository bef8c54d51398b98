import Papa from 'papaparse'

export type Row = Record<string, string | number | null>

/** Text that a spreadsheet would take for a formula. Some skip leading white space, and some accept full-width signs. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** CSV text (RFC 4180). JavaScript number formatting reads back to the same bits; null is an empty cell. */
export const csv = (columns: string[], rows: Row[]): string => csvHeading(columns) + csvRows(columns, rows)

export const csvHeading = (columns: string[]): string => `${Papa.unparse([columns])}\r\n`

/** The rows of a table without its heading, so that a long table can be written piece by piece. */
export const csvRows = (columns: string[], rows: Row[]): string =>
  (rows.length === 0 ? '' : `${Papa.unparse(rows.map((row) => columns.map((name) => cell(row[name] ?? null))))}\r\n`)

function cell(value: string | number | null): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === null) return ''
  return FORMULA.test(value) ? `'${value}` : value
}
