import { csvLine } from '../../src-engine/format/written-text.ts'

export type Row = Record<string, string | number | null>

/** CSV text (RFC 4180). JavaScript number formatting reads back to the same bits; null is an empty cell. */
export const csv = (columns: string[], rows: Row[]): string => csvHeading(columns) + csvRows(columns, rows)

export const csvHeading = (columns: string[]): string => csvLine(columns)

/** The rows of a table without its heading, so that a long table can be written piece by piece. */
export const csvRows = (columns: string[], rows: Row[]): string =>
  rows.map((row) => csvLine(columns.map((name) => row[name] ?? null))).join('')
