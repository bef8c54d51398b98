import Database from 'better-sqlite3'
import { fileURLToPath } from 'node:url'

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/libraries/${name}`, import.meta.url))

/** A library of version 1, with done, failed, queued and running runs. */
export const fixtureV1 = fixture('v1.chalcogen')
/** A library of version 2, with one run that is done. */
export const fixtureV2 = fixture('v2.chalcogen')

/** A library of version 3: a run that learned after a pause, a silent one and a diverged one. */
export const fixtureV3 = fixture('v3.chalcogen')

/** All rows of all tables, with blobs in hex, and with NaN, infinities and −0 as text. */
export function dumpOf(file: string): Record<string, unknown[]> {
  const db = new Database(file, { readonly: true })
  try {
    const tables = db.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    return Object.fromEntries(tables.pluck().all().map((table) => [table, rowsOf(db, table)]))
  } finally {
    db.close()
  }
}

/** Sorted, because the order in the file does not matter. */
const rowsOf = (db: Database.Database, table: string) =>
  db.prepare(`SELECT * FROM ${table}`).all().map(readable).map((row) => JSON.stringify(row)).sort()

const readable = (row: unknown) => Object.fromEntries(Object.entries(row as object).map(([name, value]) => [name, plain(value)]))

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return Object.is(value, -0) ? '-0' : typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}
