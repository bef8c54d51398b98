import Papa from 'papaparse'

export type Row = Record<string, string | number | null>

/** Text that a spreadsheet would take for a formula. Some skip leading white space, and some accept full-width signs. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** CSV text (RFC 4180). JavaScript number formatting reads back to the same bits; null is an empty cell. */
export const csv = (columns: string[], rows: Row[]): string =>
  `${Papa.unparse({ fields: columns, data: rows.map((row) => columns.map((name) => cell(row[name]))) })}\r\n`

function cell(value: string | number | null): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === null) return ''
  return FORMULA.test(value) ? `'${value}` : value
}
