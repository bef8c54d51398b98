import type { Database } from 'better-sqlite3'
import { createRuns } from './0001-runs.ts'
import { makeRunsDurable } from './0002-durable-runs.ts'
import { addSweeps } from './0003-sweeps.ts'
import { addOutcomes } from './0004-outcomes.ts'
import { addDeadGradients } from './0005-dead-gradients.ts'
import { allowUnreadableSpecs } from './0006-unreadable-specs.ts'
import { nameLosses } from './0007-losses.ts'
import { addFigures } from './0008-figures.ts'
import { addViews } from './0009-views.ts'
import { addQueries } from './0010-queries.ts'
import { addExtremes } from './0011-extremes.ts'
import { addUnverified } from './0012-unverified.ts'
import { keepSamplesOnce } from './0013-samples.ts'
import { inTransaction } from '../transaction.ts'
import type { Migration } from './migration.ts'

/** The nth step, counted from 1, takes a library from version n − 1 to n. */
const migrations: Migration[] = [
  createRuns, makeRunsDurable, addSweeps, addOutcomes, addDeadGradients, allowUnreadableSpecs, nameLosses,
  addFigures, addViews, addQueries, addExtremes, addUnverified, keepSamplesOnce,
]

export const NEWEST_VERSION = migrations.length

export const versionOf = (db: Database): number => db.pragma('user_version', { simple: true }) as number

/**
 * Upgrades a library to the newest version, each step in its own transaction. Foreign keys are off meanwhile: a step may create a
 * table again, and dropping the old one would delete the rows that refer to it. Each step checks all foreign keys before it commits.
 * @throws Error inside a transaction, where foreign keys cannot be switched off
 */
export function migrate(db: Database, steps = migrations): void {
  if (db.inTransaction) throw new Error('A library is upgraded outside of transactions only.')
  const enforced = db.pragma('foreign_keys', { simple: true }) as number
  db.pragma('foreign_keys = OFF')
  try {
    takeSteps(db, steps)
  } finally {
    db.pragma(`foreign_keys = ${enforced}`)
  }
}

function takeSteps(db: Database, steps: readonly Migration[]): void {
  for (let next = versionOf(db) + 1; next <= steps.length; next++) {
    inTransaction(db, () => {
      // Another process may have done this step already.
      if (versionOf(db) >= next) return
      steps[next - 1]!(db)
      const orphans = db.pragma('foreign_key_check') as unknown[]
      if (orphans.length > 0) throw new Error(`The upgrade to version ${next} would leave ${orphans.length} rows without their run.`)
      db.pragma(`user_version = ${next}`)
    })
  }
}

/** Upgrades to a given version, which may be older than the newest. Used to compare schemas. */
export const migrateTo = (db: Database, version: number): void => migrate(db, migrations.slice(0, version))
