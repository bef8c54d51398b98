import type { Database } from 'better-sqlite3'
import { recreateRuns } from './recreate-runs.ts'

/**
 * Lets a run be changed, moved and deleted whatever its spec holds. Its list columns are read from the spec at every change, so a spec that
 * is no JSON, or has other types there, made SQLite refuse each of them.
 */
export const allowUnreadableSpecs = (db: Database): void =>
  recreateRuns(db, (sql) => safe.reduce((text, [old, now]) => text.replace(old, () => now), sql))

/** A value of the spec if it has this type, else another one. */
const valueOr = (path: string, type: 'text' | 'integer', otherwise: string) => `(coalesce(CASE WHEN json_valid(spec) THEN `
  + `CASE typeof(spec ->> '${path}') WHEN '${type}' THEN spec ->> '${path}' END END, ${otherwise}))`

const safe: [old: string, now: string][] = [
  [`(spec ->> '$.name')`, valueOr('$.name', 'text', `''`)],
  [`(spec ->> '$.preset')`, valueOr('$.preset', 'text', `''`)],
  [`(spec ->> '$.scheme.kind')`, valueOr('$.scheme.kind', 'text', `''`)],
  [`(spec ->> '$.seed')`, valueOr('$.seed', 'integer', '0')],
  [`(spec ->> '$.training.epochs')`, valueOr('$.training.epochs', 'integer', 'epochs_done')],
]
