import Database from 'better-sqlite3'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { realsFromBytes } from '../../../src-main/library/codec.ts'
import { salvage } from '../../../src-main/library/salvage.ts'
import { Settings } from '../../../src-main/library/settings.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { addFullRun, memoryLibrary } from './support.ts'

const RUNS = ['run00001', 'run00002']

function library(): Database.Database {
  const db = memoryLibrary()
  for (const runId of RUNS) addFullRun(db, runId)
  new Settings(db).change({ budget: 5e9 })
  return db
}

/** Salvages a library and opens the result. */
async function salvaged(db: Database.Database, stopAfter = Infinity) {
  const file = join(temporaryFolder(), 'salvaged.chalcogen')
  const progress: [number, number][] = []
  const result = await salvage(db, file, {
    found: () => {}, progress: (done, total) => progress.push([done, total]), stopped: () => progress.length >= stopAfter,
  })
  const copy = new Database(file, { readonly: true })
  onTestFinished(() => { copy.close() })
  const count = (table: string) => copy.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
  return { result, progress, copy, counts: ['runs', 'epochs', 'arrays', 'checkpoints', 'settings'].map(count) }
}

test('copies an intact library', async () => {
  const { result, progress, counts } = await salvaged(library())
  expect(result).toEqual({ runs: 2, incomplete: [] })
  expect(progress).toEqual([[1, 2], [2, 2]])
  expect(counts).toEqual([2, 4, 2, 4, 1])
})

test('copies what can be read, and lists the runs that miss something', async () => {
  const db = library()
  db.exec('DROP TABLE arrays')
  const { result, counts } = await salvaged(db)
  expect(result).toEqual({ runs: 2, incomplete: RUNS })
  expect(counts).toEqual([2, 4, 0, 4, 1])
})

test('lists a run of which only the epochs are left', async () => {
  const db = library()
  db.pragma('foreign_keys = OFF')
  db.exec(`DELETE FROM runs WHERE run_id = '${RUNS[0]}'`)
  expect((await salvaged(db)).result).toEqual({ runs: 1, incomplete: [RUNS[0]] })
})

test('copies a library of an earlier version, which is too damaged to be upgraded', async () => {
  const db = new Database(fileURLToPath(new URL('../../fixtures/libraries/v3.chalcogen', import.meta.url)), { readonly: true })
  const { result, counts, copy } = await salvaged(db)
  expect(result).toEqual({ runs: 3, incomplete: [] })
  expect(counts.slice(0, 2)).toEqual([3, 205])
  const losses = (name: string) => `SELECT run_id, epoch, ${name} FROM epochs ORDER BY run_id, epoch`
  expect(copy.prepare(losses('loss')).raw().all()).toEqual(db.prepare(losses('mse')).raw().all())
  expect(copy.prepare('SELECT loss_last_20 FROM runs ORDER BY run_id').pluck().all())
    .toEqual(db.prepare('SELECT mse_last_20 FROM runs ORDER BY run_id').pluck().all())
  const packed = db.prepare<[], Buffer>('SELECT pattern_mse FROM epochs ORDER BY run_id, epoch').pluck().all().flatMap((bytes) => [...realsFromBytes(bytes)])
  expect(copy.prepare('SELECT loss FROM pattern_losses ORDER BY run_id, epoch, pattern').pluck().all()).toEqual(packed)
})

test('ends when it is cancelled', async () => {
  const { result, counts } = await salvaged(library(), 1)
  expect(result).toEqual({ runs: 1, incomplete: [] })
  expect(counts[0]).toBe(1)
})
