import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
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
  expect(tablesOf(db)).toEqual([
    'annotations', 'arrays', 'checkpoints', 'epoch_metrics', 'epochs', 'figures', 'last_metrics', 'metric_extremes', 'parameter_names', 'parameters',
    'pattern_losses',
    'presets', 'replicates', 'runs', 'samples', 'settings', 'sweeps', 'tags', 'unverified', 'views',
  ])
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

it('keeps the rows that refer to a table that is created again, with foreign keys on or off', () => {
  const tables: Migration = (db) => {
    db.exec('CREATE TABLE parents (id INTEGER PRIMARY KEY); CREATE TABLE children (parent REFERENCES parents ON DELETE CASCADE)')
    db.exec('INSERT INTO parents VALUES (1); INSERT INTO children VALUES (1)')
  }
  const again: Migration = (db) => { db.exec('DROP TABLE parents; CREATE TABLE parents (id INTEGER PRIMARY KEY); INSERT INTO parents VALUES (1)') }
  for (const enforced of [0, 1]) {
    const db = new Database(':memory:')
    db.pragma(`foreign_keys = ${enforced}`)
    migrate(db, [tables, again])
    expect(db.prepare('SELECT count(*) FROM children').pluck().get()).toBe(1)
    expect(db.pragma('foreign_keys', { simple: true })).toBe(enforced)
    expect(() => db.transaction(() => migrate(db, [tables, again, one]))()).toThrow('outside of transactions')
  }
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
  expect(JSON.parse(sweeps[0]!)).toEqual({
    name: 'published',
    spec: { conventions: 'published-floored', name: 'published' },
    axes: [{ kind: 'list', path: 'conventions', values: ['corrected', 'published-floored'] }, document.axes[1]],
    variants: [{ label: 'published', changes: { conventions: 'published-floored' } }],
  })
  expect(sweeps[1]).toBe('{"published"')
  expect(db.prepare('SELECT spec FROM presets ORDER BY preset_id').pluck().all())
    .toEqual(['{"conventions":"published-floored"}', '{"conventions":{"rounding":"floor"},"seed":1}'])
})

describe('a library of version 5', () => {
  const spec = '{"name":"","preset":"","task":{"kind":"signal"},"scheme":{"kind":"fp32"},"seed":1,"training":{"epochs":2}}'
  const blob = (...losses: number[]) => Buffer.from(Float64Array.from(losses).buffer)

  function ofVersion5(patterns: Buffer): Database.Database {
    const db = new Database(':memory:')
    // As when a library is opened: a step may create a table again.
    db.pragma('foreign_keys = OFF')
    migrateTo(db, 5)
    db.prepare(`
      INSERT INTO runs (run_id, status, created_at, queued_at, sequences, environment, spec, epochs_done, mse, mse_last_20)
      VALUES ('run00001', 'done', '', '', 4, '{}', ?, 2, -0.0, 0.25)
    `).run(spec)
    const insert = db.prepare(`
      INSERT INTO epochs (run_id, epoch, mse, set_pulses, reset_pulses, refreshes, read_pulses, pattern_mse) VALUES ('run00001', ?, ?, 0, 0, 0, 0, ?)
    `)
    insert.run(1, NaN, patterns)
    insert.run(2, Infinity, blob())
    return db
  }

  it('keeps every loss, and has those of the patterns in a table', () => {
    const db = ofVersion5(blob(0.1, NaN, -0, -Infinity))
    migrate(db)
    expect(db.prepare('SELECT task, loss, loss_last_20 FROM runs').raw().get()).toEqual(['signal', -0, 0.25])
    expect(db.prepare('SELECT loss FROM epochs ORDER BY epoch').pluck().all()).toEqual([null, Infinity])
    expect(db.prepare('SELECT epoch, pattern, loss FROM pattern_losses').raw().all())
      .toEqual([[1, 0, 0.1], [1, 1, null], [1, 2, -0], [1, 3, -Infinity]])
  })

  it('is upgraded even with a cut blob', () => {
    const db = ofVersion5(blob(0.1, 0.2).subarray(0, 11))
    migrate(db)
    expect(db.prepare('SELECT pattern, loss FROM pattern_losses').raw().all()).toEqual([[0, 0.1]])
  })

  it('gets views with units for other programs', () => {
    const db = ofVersion5(blob(0.1))
    migrate(db)
    expect(db.prepare('SELECT loss, mean_rate_hz, time_computed_s, task FROM run_table').raw().get()).toEqual([-0, null, null, 'signal'])
    expect(db.prepare('SELECT epoch, loss, set_pulses FROM epoch_table').raw().all()).toEqual([[1, null, 0], [2, Infinity, 0]])
    expect(db.prepare('SELECT pattern_from_0, loss FROM pattern_table').raw().all()).toEqual([[0, 0.1]])
  })
})
