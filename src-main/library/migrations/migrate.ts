import type { Database } from 'better-sqlite3'
import { createRuns } from './0001-runs.ts'
import type { Migration } from './migration.ts'

/** The nth takes a library from version n − 1 to n. */
const migrations: Migration[] = [createRuns]

export const NEWEST_VERSION = migrations.length

/** Brings a library up to the newest version, each step in a transaction of its own. */
export function migrate(db: Database, steps = migrations): void {
  const version = db.pragma('user_version', { simple: true }) as number
  for (let next = version + 1; next <= steps.length; next++) {
    db.transaction(() => {
      steps[next - 1](db)
      db.pragma(`user_version = ${next}`)
    }).immediate()
  }
}
