import { changedRun } from '../changed-run.ts'
import type { Row } from '../csv.ts'
import { lengthOf } from './survey.ts'
import { type Column, isText, type TextLength } from './table.ts'

/** Values of a column for formats without missing values: NaN stands for a missing number, and an empty text for a missing one. */
export type ColumnValues = BigInt64Array | Float64Array | string[]

/** What the values of a column are stored as. Integers of which some may be missing, and booleans (1 and 0), are doubles. */
export const storageOf = (column: Column): 'integer' | 'number' | 'text' => {
  if (isText(column)) return 'text'
  return column.type === 'integer' && !column.isOptional ? 'integer' : 'number'
}

/** @throws BadInput if a text is longer than any was before the export */
export function valuesOf(column: Column, rows: readonly Row[]): ColumnValues {
  const { name } = column
  const storage = storageOf(column)
  if (storage === 'integer') return BigInt64Array.from(rows, (row) => BigInt(row[name] as number))
  if (storage === 'number') return Float64Array.from(rows, (row) => numberOf(row[name] ?? null))
  return rows.map((row) => fitting(String(row[name] ?? ''), column.longest!, row))
}

function numberOf(value: Row[string]): number {
  if (value === null) return NaN
  return typeof value === 'string' ? Number(value === 'true') : value
}

function fitting(text: string, longest: TextLength, { runId }: Row): string {
  const { bytes, points } = lengthOf(text)
  if (bytes > longest.bytes || points > longest.points) throw changedRun(String(runId))
  return text.toWellFormed()
}
