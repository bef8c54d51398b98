import type { Database } from 'better-sqlite3'
import { formatTyped } from '../../../src-engine/format/numbers.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { Binder } from './binder.ts'
import { columnOf, idSql, sqlOfName } from './name-sql.ts'

const MOST_VALUES = 200

/** Values that the runs of the library have, for completion. None of measured numbers and of times, which differ from run to run. */
export function valuesOf(db: Database, name: QueryName, presetTitles: ReadonlyMap<string, string>): string[] {
  const values = storedValues(db, name).map((value) => (typeof value === 'number' ? formatTyped(value) : value)).filter((text) => text !== '')
  return name.name === 'preset' ? values.flatMap((id) => [id, ...(presetTitles.has(id) ? [presetTitles.get(id)!] : [])]) : values
}

type Value = string | number

/** Of a run alone, and no measurement. */
const offered: ReadonlySet<string> = new Set(['name', 'preset', 'seed', 'epochs', 'sweep', 'arm', 'error'])

function storedValues(db: Database, name: QueryName): Value[] {
  const binder = new Binder()
  const list = (column: string, rows: string) => db.prepare<[object], Value>(`
    SELECT DISTINCT ${column} AS value FROM ${rows} ORDER BY value LIMIT ${MOST_VALUES}
  `).pluck().all(binder.values)
  if (name.name === 'tag') return list('tag', 'tags')
  if (name.origin === 'parameter') return list(columnOf(name), `parameters WHERE name_id = ${idSql(name, binder)}`)
  if (!offered.has(name.name)) return []
  const { value } = sqlOfName(name, binder)
  return list(value, `runs WHERE ${value} IS NOT NULL`)
}
