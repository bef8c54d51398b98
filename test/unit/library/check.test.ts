import Database from 'better-sqlite3'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkLibrary, isDamage } from '../../../src-main/library/check.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import { LibraryError } from '../../../src-main/library/error.ts'
import type { Fault } from '../../../src-main/library/protocol.ts'
import { openReader } from '../../../src-main/library/reading.ts'
import { fixView } from '../../../src-main/library/transaction.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { addFullRun, memoryLibrary } from './support.ts'

const RUN = 'run00001'

async function check(db: Database.Database, stopAfter = Infinity) {
  const faults: Fault[] = []
  const progress: [number, number][] = []
  const counts = await checkLibrary(db, {
    found: (fault) => faults.push(fault),
    progress: (bytes, total) => progress.push([bytes, total]),
    stopped: () => progress.length >= stopAfter,
  })
  return { counts, faults, progress }
}

const judged = `UPDATE runs SET status = 'done', outcome = 'diverged', reasons = NULL`

function library(...changes: string[]): Database.Database {
  const db = memoryLibrary()
  addFullRun(db, RUN)
  db.pragma('foreign_keys = OFF')
  for (const change of changes) db.exec(change)
  return db
}

test('a library that cannot be read now is not called damaged', async () => {
  const refused = (code: string) => {
    const refuse = () => { throw new Database.SqliteError('no', code) }
    return { prepare: refuse, pragma: refuse, exec: refuse }
  }
  for (const code of ['SQLITE_BUSY', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_CANTOPEN', 'SQLITE_NOMEM', 'SQLITE_IOERR_LOCK', 'SQLITE_INTERRUPT']) {
    await expect(check(refused(code) as unknown as Database.Database)).rejects.toMatchObject({ code })
  }
  for (const code of ['SQLITE_CORRUPT_INDEX', 'SQLITE_NOTADB', 'SQLITE_IOERR_READ']) {
    const { faults } = await check(refused(code) as unknown as Database.Database)
    expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(['structure']))
  }
})

test('a refused call or a newer version is no damage, but data that cannot be decoded is', () => {
  const refused = Object.assign(new Error('no'), { code: 'EACCES', syscall: 'open' })
  expect([refused, new LibraryError('newer', 'no'), new LibraryError('disk-full', 'no')].map(isDamage)).toEqual([false, false, false])
  expect([new SyntaxError('no'), new LibraryError('damaged', 'no'), new RangeError('no')].map(isDamage)).toEqual([true, true, true])
})

test('damaged sweeps, presets, figures, views and settings are named', async () => {
  const at = '2026-01-01T00:00:00.000Z'
  const { faults } = await check(library(
    `INSERT INTO sweeps (sweep_id, name, created_at, document) VALUES ('s1', '', '${at}', '{"axes":'), ('s2', '', '${at}', '{}')`,
    `INSERT INTO presets (preset_id, title, description, provenance, created_at, spec) VALUES ('own/a', 'a', '', '', '${at}', '}')`,
    `INSERT INTO figures VALUES ('fig 1', '${at}', '{'), ('fig 2', '${at}', '{}')`,
    `INSERT INTO views VALUES ('view 1', '${at}', 'chalcogen:'), ('view 2', '${at}', '"chalcogen:library"')`,
    `INSERT INTO settings VALUES ('workers', '1'), ('budget', '2"')`,
  ))
  expect(faults.map(({ message }) => message)).toEqual([
    'The document of sweep s1 is damaged.', 'The preset own/a is damaged.', 'The figure fig 1 is damaged.', 'The view view 1 is damaged.', 'The setting budget is damaged.',
  ])
})

test('what another program deletes during a check is no fault', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const { db: other, close } = openConnection(file)
  onTestFinished(close)
  const runIds = ['run00001', 'run00002', 'run00003']
  for (const runId of runIds) addFullRun(other, runId)
  const { db, close: closeReader } = openReader(file)
  onTestFinished(closeReader)
  const deletions = [
    'DELETE FROM checkpoints', `DELETE FROM arrays WHERE run_id = 'run00002'`, `DELETE FROM epochs WHERE run_id = 'run00002'`,
    `DELETE FROM runs WHERE run_id = 'run00003'`,
  ]
  const faults: Fault[] = []
  fixView(db)
  const { runs } = await checkLibrary(db, {
    found: (fault) => faults.push(fault), stopped: () => false,
    progress() { for (const deletion of deletions.splice(0)) other.exec(deletion) },
  })
  expect(faults).toEqual([])
  expect(runs).toBe(3)
  expect((await check(other)).counts.runs).toBe(2)
})

test('an intact library has no faults, and everything in it is counted', async () => {
  const db = library()
  const { counts, faults, progress } = await check(db)
  expect(faults).toEqual([])
  const sizes = ['arrays', 'checkpoints'].flatMap((table) => db.prepare<[], number>(`SELECT length(data) FROM ${table}`).pluck().all())
  const [array, part, all] = [sizes[0], sizes[0]! + sizes[1]!, sizes[0]! + sizes[1]! + sizes[2]!]
  expect(counts).toEqual({ runs: 1, epochs: 2, arrays: 1, checkpoints: 2, bytes: all, stopped: false })
  expect(progress).toEqual([[array, all], [part, all], [all, all]])
})

test.each([
  ['array', `UPDATE arrays SET data = zeroblob(12)`, { array: { epoch: 2, kind: 'weight', name: 'input' }, checkpoint: null }],
  ['checkpoint', `UPDATE checkpoints SET data = zeroblob(8) WHERE name = 'a'`, { array: null, checkpoint: 4 }],
  ['epochs', `DELETE FROM epochs WHERE epoch = 1`, {}],
  ['epochs', `UPDATE epochs SET epoch = 7 WHERE epoch = 2; UPDATE runs SET epochs_done = 7`, {}],
  ['summary', `UPDATE runs SET loss = 0.25`, {}],
  ['summary', `UPDATE runs SET loss_last_20 = 0.25`, {}],
  ['summary', `UPDATE metric_extremes SET smallest = -1.0`, {}],
  ['summary', `DELETE FROM metric_extremes`, {}],
  ['summary', `${judged}; UPDATE runs SET outcome = 'learned'`, {}],
  ['summary', `${judged}; UPDATE runs SET reasons = '["no spikes"]'`, {}],
  ['run', `UPDATE runs SET environment = '{}'`, {}],
  ['run', `${judged}; UPDATE runs SET environment = '{}'`, {}],
])('finds a fault of kind %s after: %s', async (kind, change, place) => {
  const { faults } = await check(library(change))
  expect(faults).toEqual([expect.objectContaining({ kind, runId: RUN, ...place })])
})

test('an outcome that follows from the epochs is no fault, nor is one that is not known yet', async () => {
  expect((await check(library(judged))).faults).toEqual([])
  expect((await check(library(`UPDATE runs SET status = 'done'`))).faults).toEqual([])
})

test('finds rows that belong to no run', async () => {
  const { faults } = await check(library(`UPDATE epochs SET run_id = 'nobody' WHERE epoch = 2; UPDATE runs SET epochs_done = 1`))
  expect(faults).toEqual([expect.objectContaining({ kind: 'structure', runId: null })])
})

test('continues after data that cannot be read', async () => {
  const { counts, faults } = await check(library('DROP TABLE arrays'))
  expect(faults.map(({ message }) => message)).toContain("The 'table arrays' of the library is missing.")
  expect(faults.at(-1)).toMatchObject({ kind: 'array', runId: RUN })
  expect(counts).toMatchObject({ runs: 1, epochs: 2, arrays: 0, checkpoints: 2 })
})

test('ends when it is cancelled, and says so', async () => {
  expect((await check(library(), 1)).counts).toMatchObject({ arrays: 1, checkpoints: 0, stopped: true })
  expect((await check(library('DELETE FROM arrays; DELETE FROM checkpoints'), 0)).counts).toMatchObject({ runs: 1, stopped: true })
})
