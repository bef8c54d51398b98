import type { LayoutSpec } from '../experiment/tasks/layout.ts'
import { oneLine } from '../format/hidden-characters.ts'
import type { Column } from './column.ts'
import { decodeText } from './encoding.ts'
import { isNpy } from './npy-header.ts'
import type { Refusal } from './refused.ts'
import { isComment, Rows } from './rows.ts'
import { arrayTable, type Table, tableOfText } from './table.ts'
import type { OnProgress } from './text-table.ts'

/** What a row of a file is for. */
export type RowKind = 'names' | 'units' | 'numbers' | 'left out'

/** A row as a person sees it before the file is used. */
export interface PreviewRow {
  /** Line of a text, counted from 1, or row of an array, counted from 0. */
  line: number
  kind: RowKind
  /** At most `MOST_PREVIEW_CELLS`, each on one line and cut if it is long. */
  cells: string[]
}

export interface Preview {
  /** What was read, or why it was refused. */
  table: Table | Refusal
  rows: PreviewRow[]
}

export const MOST_PREVIEW_ROWS = 40
export const MOST_PREVIEW_CELLS = 40
const LONGEST_CELL = 60
/** Rows that are shown above the names. */
const ROWS_ABOVE = 8

interface How {
  /** The bytes are the beginning of a longer file. */
  isHead: boolean
  onProgress?: OnProgress
}

/** Reads a text or NPY file, and the rows at the beginning of its table as they are in it, also if the file is refused. */
export function previewFile(bytes: Uint8Array, wanted: LayoutSpec, { isHead, onProgress }: How): Preview {
  if (isNpy(bytes)) {
    const table = arrayTable(bytes, wanted)
    return { table, rows: table.ok ? rowsOfColumns(table.columns) : [] }
  }
  const decoded = decodeText(bytes, wanted.encoding, isHead)
  if (!decoded.ok) return { table: decoded, rows: [] }
  const whole = isHead ? { ...decoded, text: wholeLines(decoded.text) } : decoded
  const table = tableOfText(whole, wanted, onProgress)
  return { table, rows: rowsOfText(whole.text, table.ok ? table.layout : wanted, table.ok) }
}

/** Without the last line, which may be cut. */
function wholeLines(text: string): string {
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'))
  return end > 0 ? text.slice(0, end + 1) : text
}

function rowsOfText(text: string, layout: LayoutSpec, isRead: boolean): PreviewRow[] {
  const { delimiter = 'none', header = 0, units = 0, from = 1, to = 0 } = layout
  const top = Math.min(header || from, units || from, from) - ROWS_ABOVE
  const rows = new Rows(text, delimiter)
  const shown: PreviewRow[] = []
  const kindOf = (line: number): RowKind => {
    if (line === header) return 'names'
    if (line === units) return 'units'
    const isOutside = line < from || (to > 0 && line > to) || rows.isBlank || isComment(text, rows)
    return isRead && !isOutside ? 'numbers' : 'left out'
  }
  while (shown.length < MOST_PREVIEW_ROWS && rows.next()) {
    if (rows.line < top) continue
    shown.push({ line: rows.line, kind: kindOf(rows.line), cells: rows.cells.slice(0, MOST_PREVIEW_CELLS).map(shownText) })
  }
  return shown
}

/** Rows of arrays, whose columns may have different lengths. */
export function rowsOfColumns(columns: readonly Column[]): PreviewRow[] {
  const shown = columns.slice(0, MOST_PREVIEW_CELLS)
  const length = Math.min(MOST_PREVIEW_ROWS, Math.max(0, ...shown.map(({ values }) => values.length)))
  const cellOf = (value: number | undefined) => (value === undefined ? '' : String(value))
  return Array.from({ length }, (_, line) => ({ line, kind: 'numbers', cells: shown.map(({ values }) => cellOf(values[line])) }))
}

/** A text of a file on one line, cut if it is long. */
export function shownText(text: string): string {
  const line = oneLine(text.slice(0, LONGEST_CELL + 1))
  return line.length > LONGEST_CELL ? `${line.slice(0, LONGEST_CELL)}…` : line
}
