import Database from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import { Arrays } from '../../../src-main/library/arrays.ts'
import { canonicalJson } from '../../../src-main/library/canonical-json.ts'
import { checkLibrary } from '../../../src-main/library/check.ts'
import { openConnection } from '../../../src-main/library/connection.ts'
import { newCopyFolder } from '../../../src-main/library/files.ts'
import { readLibrary } from '../../../src-main/library/import-library.ts'
import { importRun } from '../../../src-main/library/imports.ts'
import { migrateTo, migrate } from '../../../src-main/library/migrations/migrate.ts'
import { Presets } from '../../../src-main/library/presets.ts'
import type { ImportedRun } from '../../../src-main/library/protocol.ts'
import { Runs } from '../../../src-main/library/runs.ts'
import { salvage } from '../../../src-main/library/salvage.ts'
import { KeptSignals } from '../../../src-main/library/samples.ts'
import { requireReadable } from '../../../src-main/library/stored-texts.ts'
import { Sweeps } from '../../../src-main/library/sweeps.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { environment, memoryLibrary } from './support.ts'

const NUMBERS = [0.1, -2, 1e-300, 0, 5e-324]
const SHA256 = createHash('sha256').update(Float64Array.from(NUMBERS)).digest('hex')
const KEPT = { count: 5, sha256: SHA256 }
const AT = '2026-01-01T00:00:00.000Z'

const specOf = (samples: unknown): Spec => parseSpec({ task: { kind: 'signal', file: 'x.csv', patterns: 1, samples } }, 'test')
const runOf = (runId: string, spec: Spec, sweep: { sweepId: string; arm: number } | null = null) =>
  ({ runId, spec, environment, createdAt: AT, sequences: 1, sweep })
const keptIn = (db: Database.Database) => db.prepare('SELECT sha256, count FROM samples ORDER BY count').all()
const specText = (db: Database.Database, runId = 'run00001') => db.prepare('SELECT spec FROM runs WHERE run_id = ?').pluck().get(runId) as string
const samplesOf = (run: { spec: Spec } | object) => ('spec' in run ? (run.spec.task as { samples?: unknown }).samples : undefined)

function libraryWith(...runIds: string[]): Database.Database {
  const db = memoryLibrary()
  new Runs(db).create(runIds.map((runId) => runOf(runId, specOf(NUMBERS))))
  return db
}

async function faultsOf(db: Database.Database): Promise<string[]> {
  const faults: string[] = []
  await checkLibrary(db, { found: ({ message }) => faults.push(message), progress: () => {}, stopped: () => false })
  return faults
}

test('runs, sweeps and presets with equal samples share them, whether they came as a list, as memory or as a reference', () => {
  const db = memoryLibrary()
  const shared = new Float64Array(new SharedArrayBuffer(40))
  shared.set(NUMBERS)
  const sweep = { sweepId: '0sweep000001', name: '', createdAt: AT, document: sweepSchema.parse({ spec: specOf(shared), axes: [], seeds: [1] }) }
  new Sweeps(db).create(sweep)
  new Runs(db).create([runOf('run00001', specOf(NUMBERS)), runOf('run00002', specOf(shared)), runOf('run00003', specOf([1, 2]))])
  new Runs(db).create([runOf('run00004', specOf(KEPT))])
  new Presets(db).save({ title: 'Mine', description: '', provenance: '', spec: specOf(NUMBERS), createdAt: AT })
  expect(keptIn(db)).toMatchObject([{ count: 2 }, KEPT])
  for (const runId of ['run00001', 'run00002', 'run00004']) expect(samplesOf(requireReadable(new Runs(db).get(runId)))).toEqual(KEPT)
  expect(new Sweeps(db).get('0sweep000001').document.spec).toMatchObject({ task: { samples: KEPT } })
  expect(new Presets(db).all()).toMatchObject([{ spec: { task: { samples: KEPT } } }])
  expect([...new KeptSignals(db).read(SHA256)]).toEqual(NUMBERS)
  expect(samplesOf(new KeptSignals(db).complete(new Arrays(db).overview('run00004')))).toEqual(Float64Array.from(NUMBERS))
})

test('0 and −0 are one sample, as in JSON', () => {
  const db = memoryLibrary()
  new Runs(db).create([runOf('run00001', specOf([0, 1])), runOf('run00002', specOf([-0, 1]))])
  expect(keptIn(db)).toHaveLength(1)
})

test('samples that the library does not have are refused, and nothing is saved', () => {
  const db = memoryLibrary()
  for (const kept of [KEPT, { ...KEPT, sha256: 'ab'.repeat(32) }]) {
    expect(() => new Runs(db).create([runOf('run00001', specOf(kept))])).toThrow('The library does not have the samples of the signal. Choose')
  }
  expect(db.prepare('SELECT count(*) FROM runs').pluck().get()).toBe(0)
})

test('samples are deleted with the last run that uses them, unless a sweep or a preset does', () => {
  const db = libraryWith('run00001', 'run00002')
  const remove = (runId: string) => {
    new Runs(db).shelve([runId], 'trash')
    new Runs(db).delete([runId])
  }
  db.exec(`UPDATE runs SET status = 'done'`)
  remove('run00001')
  expect(keptIn(db)).toEqual([KEPT].map(({ count, sha256 }) => ({ sha256, count })))
  remove('run00002')
  expect(keptIn(db)).toEqual([])

  new Presets(db).save({ title: 'Mine', description: '', provenance: '', spec: specOf(NUMBERS), createdAt: AT })
  new Runs(db).create([runOf('run00003', specOf(NUMBERS))])
  db.exec(`UPDATE runs SET status = 'done'`)
  remove('run00003')
  expect(keptIn(db)).toHaveLength(1)
})

test('an older library is upgraded: samples are taken out of the specs, and all else in them stays as it was, also what cannot be read', () => {
  const db = new Database(':memory:')
  migrateTo(db, 12)
  const insert = db.prepare(`
    INSERT INTO runs (run_id, status, created_at, queued_at, sequences, environment, spec) VALUES (?, 'done', '${AT}', '${AT}', 1, '{}', ?)
  `)
  const text = canonicalJson(specOf(NUMBERS))
  const odd = `{ "version": 99, "x": 1.50, "task": {"kind":"signal", "samples": ${JSON.stringify(NUMBERS)}} }`
  const texts = [text, text.replace('"seed":1', '"seed":2'), odd, text.replace(JSON.stringify(NUMBERS), '["a",1]'), text.replace('[0.1', '[0.1.1'), canonicalJson(parseSpec({}, ''))]
  texts.forEach((spec, index) => insert.run(`run0000${index}`, spec))
  db.prepare(`INSERT INTO sweeps VALUES ('sweep', '', '${AT}', ?)`).run(`{"spec":${text},"axes":[]}`)
  db.prepare(`INSERT INTO presets (preset_id, title, description, provenance, created_at, spec) VALUES ('own/a', 'A', '', '', '${AT}', ?)`).run(text)
  migrate(db)
  expect(keptIn(db)).toEqual([{ sha256: SHA256, count: 5 }])
  expect(db.prepare('SELECT samples FROM runs ORDER BY run_id').pluck().all()).toEqual([SHA256, SHA256, SHA256, null, null, null])
  expect(db.prepare('SELECT samples FROM sweeps UNION ALL SELECT samples FROM presets').pluck().all()).toEqual([SHA256, SHA256])
  const kept = JSON.stringify(KEPT)
  const after = texts.map((_, index) => specText(db, `run0000${index}`))
  expect(after[0]).toBe(text.replace(JSON.stringify(NUMBERS), kept))
  expect(after[2]!.replaceAll(' ', '')).toBe(odd.replace(JSON.stringify(NUMBERS), kept).replaceAll(' ', ''))
  expect(after.slice(3)).toEqual(texts.slice(3))
  expect([...new KeptSignals(db).read(SHA256)]).toEqual(NUMBERS)
})

test('a run of another library brings its samples, once for all', async () => {
  const file = join(temporaryFolder(), 'theirs.chalcogen')
  const theirs = openConnection(file)
  new Runs(theirs.db).create([runOf('run00001', specOf(NUMBERS)), runOf('run00002', specOf(NUMBERS))])
  theirs.close()
  const own = memoryLibrary()
  const read: ImportedRun[] = []
  await readLibrary(file, newCopyFolder(), async (entry) => { if ('run' in entry) read.push(entry.run) })
  for (const run of read) expect(importRun(own, run)).toBe(true)
  expect(importRun(own, read[0]!)).toBe(false)
  expect(keptIn(own)).toHaveLength(1)
  expect(samplesOf(new KeptSignals(own).complete(new Arrays(own).overview('run00002')))).toEqual(Float64Array.from(NUMBERS))

  const lacking = openConnection(file)
  lacking.db.exec(`UPDATE runs SET samples = NULL WHERE run_id = 'run00001'; UPDATE samples SET data = zeroblob(length(data))`)
  lacking.close()
  const damages: string[] = []
  await readLibrary(file, newCopyFolder(), async (entry) => { if ('damage' in entry) damages.push(entry.damage.message) })
  expect(damages).toEqual([
    'Run run00001 refers to samples that the file does not have.', expect.stringContaining('are damaged (wrong SHA-256)'),
  ])
})

test('an unreadable run is exported with its samples in its text', () => {
  const db = libraryWith('run00001')
  db.exec(`UPDATE runs SET spec = json_set(spec, '$.version', 99)`)
  const run = new KeptSignals(db).complete(new Arrays(db).overview('run00001'))
  expect('texts' in run && JSON.parse(run.texts.spec)).toMatchObject({ version: 99, task: { samples: NUMBERS } })
})

test('a check finds damaged samples, and specs that refer to others', async () => {
  const db = libraryWith('run00001')
  expect(await faultsOf(db)).toEqual([])
  db.exec(`UPDATE samples SET data = zeroblob(length(data))`)
  expect(await faultsOf(db)).toEqual([expect.stringContaining(`The samples ${SHA256.slice(0, 8)}… of a signal are damaged (wrong SHA-256).`)])
  expect(() => new KeptSignals(db).read(SHA256)).toThrow('damaged')

  const other = libraryWith('run00001')
  other.exec(`UPDATE runs SET spec = replace(spec, '${SHA256}', '${'ab'.repeat(32)}')`)
  expect(await faultsOf(other)).toEqual(['The spec of run run00001 refers to other samples than those that are kept for it.'])
})

test('a rebuilt library has the samples, and keeps the runs if those are lost', async () => {
  const rebuilt = async (db: Database.Database) => {
    const file = join(temporaryFolder(), 'salvaged.chalcogen')
    await salvage(db, file, { found: () => {}, progress: () => {}, stopped: () => false })
    const copy = new Database(file, { readonly: true })
    onTestFinished(() => { copy.close() })
    return copy
  }
  expect(keptIn(await rebuilt(libraryWith('run00001')))).toHaveLength(1)
  const lost = libraryWith('run00001')
  lost.pragma('foreign_keys = OFF')
  lost.exec('DELETE FROM samples')
  const copy = await rebuilt(lost)
  expect(copy.prepare('SELECT run_id, samples FROM runs').all()).toEqual([{ run_id: 'run00001', samples: null }])
})

test('the table of runs says which are imported and not verified', () => {
  const db = libraryWith('run00001', 'run00002')
  db.exec(`INSERT INTO unverified VALUES ('run00002')`)
  expect(db.prepare('SELECT run_id, unverified FROM run_table ORDER BY run_id').raw().all()).toEqual([['run00001', 0], ['run00002', 1]])
})
