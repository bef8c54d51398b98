import type { QueryName } from '../../../src-engine/query/name.ts'
import { cellOf, type StoredCell } from './name-sql.ts'

/** The text with padded numbers, so that 'run 9' sorts before 'run 10', in lower case. */
const natural = (text: string) => text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))

function textOf(name: QueryName, stored: StoredCell): string | null {
  const cell = cellOf(name, stored)
  if (cell === null) return null
  return Array.isArray(cell) ? cell.join(' ') : String(cell)
}

/**
 * Sorts rows by the text in their second place as people read it, without one last. Equal rows keep their order. Many runs share a text, so
 * texts are sorted and not runs.
 */
export function naturalOrder<Row extends [unknown, StoredCell, ...unknown[]]>(
  rows: readonly Row[], name: QueryName, descending: boolean,
): Row[] {
  const keys = new Map<StoredCell, string | null>()
  const keyOf = (stored: StoredCell): string | null => {
    const known = keys.get(stored)
    if (known !== undefined) return known
    const text = textOf(name, stored)
    const key = text === null ? null : natural(text)
    keys.set(stored, key)
    return key
  }
  const byKey = Map.groupBy(rows, (row) => keyOf(row[1]))
  const last = byKey.get(null) ?? []
  byKey.delete(null)
  const sorted = [...byKey.keys()].sort((a, b) => (a! < b! ? -1 : 1))
  if (descending) sorted.reverse()
  return [...sorted.flatMap((key) => byKey.get(key)!), ...last]
}
