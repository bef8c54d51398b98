import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, NEWEST_VERSION } from '../../../src-main/library/migrations/migrate.ts'
import type { Migration } from '../../../src-main/library/migrations/migration.ts'

const versionOf = (db: Database.Database) => db.pragma('user_version', { simple: true })
const tablesOf = (db: Database.Database) => db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`).pluck().all()

const one: Migration = (db) => { db.exec('CREATE TABLE one (x)') }
const two: Migration = (db) => { db.exec('CREATE TABLE two (x)') }
const broken: Migration = (db) => {
  db.exec('CREATE TABLE half (x)')
  throw new Error('out of luck')
}

it('upgrades a new database to the newest version', () => {
  const db = new Database(':memory:')
  migrate(db)
  expect(versionOf(db)).toBe(NEWEST_VERSION)
  expect(tablesOf(db)).toEqual(['arrays', 'checkpoints', 'epochs', 'presets', 'runs', 'settings', 'sweeps'])
})

it('does only the missing steps, and each step once', () => {
  const db = new Database(':memory:')
  migrate(db, [one])
  migrate(db, [broken, two])
  migrate(db, [broken, two])
  expect(versionOf(db)).toBe(2)
  expect(tablesOf(db)).toEqual(['one', 'two'])
})

it('rolls back a failed step and keeps the version before it', () => {
  const db = new Database(':memory:')
  expect(() => migrate(db, [one, broken, two])).toThrow('out of luck')
  expect(versionOf(db)).toBe(1)
  expect(tablesOf(db)).toEqual(['one'])
})
