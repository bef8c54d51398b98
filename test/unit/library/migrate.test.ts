import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { migrate, migrateTo, NEWEST_VERSION } from '../../../src-main/library/migrations/migrate.ts'
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

it.each([
  { what: 'ran without a break', at: { queued: 0, started: 5, ended: 12.25 }, computed: 7.25 },
  { what: 'was paused without a resume', status: 'paused', at: { queued: 0, started: 5, ended: 12 }, computed: 7 },
  { what: 'was resumed', at: { queued: 100, started: 5, ended: 120 }, computed: null },
  { what: 'was cut off', status: 'interrupted', at: { queued: 0, started: 5, ended: null }, computed: null },
  { what: 'waits in the queue', status: 'queued', at: { queued: 0, started: null, ended: null }, computed: 0 },
  { what: 'was imported', at: { queued: 0, started: 5, ended: 12 }, place: null, computed: null },
  { what: 'ended before it started, by a clock that was set back', at: { queued: 0, started: 5, ended: 4 }, computed: null },
])('knows the computed time of a run of version 3 that $what: $computed', ({ status = 'done', at, place = 1, computed }) => {
  const db = new Database(':memory:')
  migrateTo(db, 3)
  const time = (second: number | null) => (second === null ? null : new Date(Date.UTC(2026, 0, 1) + 1000 * second).toISOString())
  db.prepare(`
    INSERT INTO runs (run_id, status, created_at, queued_at, started_at, ended_at, place, sequences, environment, spec)
    VALUES ('run00001', ?, ?, ?, ?, ?, ?, 0, '{}', '{"name":"","preset":"","scheme":{"kind":"fp32"},"seed":1,"training":{"epochs":1}}')
  `).run(status, time(0), time(at.queued), time(at.started), time(at.ended), place)
  migrate(db)
  expect(db.prepare('SELECT outcome, reasons, computed_seconds FROM runs').raw().get()).toEqual([null, null, computed])
})

it('keeps the meaning of the set "published" in sweeps and presets of version 4, which rounded down', () => {
  const db = new Database(':memory:')
  migrateTo(db, 4)
  const document = {
    name: 'published',
    spec: { conventions: 'published', name: 'published' },
    axes: [{ kind: 'list', path: 'conventions', values: ['corrected', 'published'] }, { kind: 'list', path: 'name', values: ['published'] }],
    variants: [{ label: 'published', changes: { conventions: 'published' } }],
  }
  const add = db.prepare(`INSERT INTO sweeps (sweep_id, name, created_at, document) VALUES (?, '', '', ?)`)
  add.run('named', JSON.stringify(document))
  add.run('damaged', '{"published"')
  const preset = db.prepare(`INSERT INTO presets VALUES (?, ?, '', '', '', ?)`)
  preset.run('own/a', 'a', '{"conventions":"published"}')
  preset.run('own/b', 'b', '{"conventions":{"rounding":"floor"},"seed":1}')
  migrate(db)
  const sweeps = db.prepare<[], string>('SELECT document FROM sweeps ORDER BY sweep_id DESC').pluck().all()
  expect(JSON.parse(sweeps[0])).toEqual({
    name: 'published',
    spec: { conventions: 'published-floored', name: 'published' },
    axes: [{ kind: 'list', path: 'conventions', values: ['corrected', 'published-floored'] }, document.axes[1]],
    variants: [{ label: 'published', changes: { conventions: 'published-floored' } }],
  })
  expect(sweeps[1]).toBe('{"published"')
  expect(db.prepare('SELECT spec FROM presets ORDER BY preset_id').pluck().all())
    .toEqual(['{"conventions":"published-floored"}', '{"conventions":{"rounding":"floor"},"seed":1}'])
})
