import type { Database } from 'better-sqlite3'
import { createRuns } from './0001-runs.ts'
import { makeRunsDurable } from './0002-durable-runs.ts'
import { addSweeps } from './0003-sweeps.ts'
import type { Migration } from './migration.ts'

/** The nth takes a library from version n − 1 to n. */
const migrations: Migration[] = [createRuns, makeRunsDurable, addSweeps]

export const NEWEST_VERSION = migrations.length

export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/**
 * Brings a library up to the newest version, each step in a transaction of its own. Foreign keys must be off: a step may make a
 * table anew, and dropping the old one would take its rows' children along. That all keys hold is seen before a step counts.
 */
export function migrate(db: Database, steps = migrations): void {
  for (let next = versionOf(db) + 1; next <= steps.length; next++) {
    db.transaction(() => {
      // Another process may have taken the step meanwhile.
      if (versionOf(db) >= next) return
      steps[next - 1](db)
      const loose = db.pragma('foreign_key_check') as unknown[]
      if (loose.length > 0) throw new Error(`version ${next} would leave ${loose.length} rows without their run`)
      db.pragma(`user_version = ${next}`)
    }).immediate()
  }
}

/** To an older version than the newest; for comparing schemas. */
export const migrateTo = (db: Database, version: number): void => migrate(db, migrations.slice(0, version))
