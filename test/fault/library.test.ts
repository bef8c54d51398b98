import Database from 'better-sqlite3'
import {
  copyFileSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync, writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, test, vi } from 'vitest'
import type { App } from '../../src-main/app/app.ts'
import { checkClosed, closedBackups, keepAside, restoreClosed } from '../../src-main/app/closed-library.ts'
import { offersFor } from '../../src-main/desktop/offers.ts'
import { requireWhole } from '../../src-main/library/backup.ts'
import { openConnection } from '../../src-main/library/connection.ts'
import { APPLICATION_ID } from '../../src-main/library/identity.ts'
import { NEWEST_VERSION } from '../../src-main/library/migrations/migrate.ts'
import { DELETING_TRIGGER, ENDLESS_RUNS, hostileSchemas } from '../fixtures/hostile/schemas.ts'
import { dumpOf, fixtureV1, fixtureV2, fixtureV3 } from './dump.ts'
import { busy, check, openApp, startRun, temporaryFolder, thorough } from './support.ts'
import { createTestApp } from '../fixtures/application.ts'
import { builtFile } from '../fixtures/built.ts'

vi.setConfig({ testTimeout: 300_000 })

const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')
const small = { ...busy, training: { epochs: 6 } }
const workers = { library: builtFile('library/library.worker'), file: builtFile('library/file.worker') }

const kept = new Map<number, { file: string; runIds: string[] }>()
const folder = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Copies a library with so many finished runs to `file`. It is trained once. */
async function withRuns(file: string, count = 1): Promise<string[]> {
  const known = kept.get(count) ?? await trained(join(folder, `${count}.chalcogen`), count)
  kept.set(count, known)
  copyFileSync(known.file, file)
  return known.runIds
}

async function trained(file: string, count: number): Promise<{ file: string; runIds: string[] }> {
  const app = await createTestApp(file)
  const runIds: string[] = []
  for (let k = 0; k < count; k++) runIds.push(await startRun(app, { ...small, name: `run ${k}` }))
  for (const runId of runIds) await app.finished(runId)
  await app.close()
  return { file, runIds }
}

const bytesOf = (file: string) => readFileSync(file).toString('base64')

describe('fault 13: a truncated write-ahead log', () => {
  it('opens at an earlier commit for every length', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.chalcogen')
    const { db } = openConnection(file)
    db.pragma('wal_autocheckpoint = 0')
    const insert = db.prepare('INSERT INTO settings (name, value) VALUES (?, ?)')
    for (let k = 0; k < 40; k++) insert.run(`setting ${k}`, JSON.stringify('x'.repeat(300)))
    const length = statSync(`${file}-wal`).size
    const counts: number[] = []
    for (let cut = 0; cut <= length; cut += 1237) {
      const truncated = join(folder, `truncated-${cut}.chalcogen`)
      for (const part of ['', '-wal']) copyFileSync(file + part, truncated + part)
      truncateSync(`${truncated}-wal`, cut)
      const opened = openConnection(truncated).db
      expect(opened.pragma('quick_check', { simple: true })).toBe('ok')
      const names = opened.prepare('SELECT name FROM settings ORDER BY rowid').pluck().all()
      expect(names).toEqual(names.map((_, k) => `setting ${k}`))
      counts.push(names.length)
      opened.close()
    }
    db.close()
    expect(counts[0]).toBe(0)
    expect(counts).toEqual(counts.toSorted((a, b) => a - b))
    expect(counts.at(-1)).toBeGreaterThan(35)
  })

  it('ignores a log of noise', () => {
    const file = newLibrary()
    openConnection(file).db.close()
    writeFileSync(`${file}-wal`, Buffer.alloc(100_000, 'noise'))
    const { db } = openConnection(file)
    expect(db.pragma('quick_check', { simple: true })).toBe('ok')
    db.close()
  })
})

describe('fault 23: a library file that is not a database', () => {
  const notes = 'My notes, which are not a database.\n'.repeat(100)

  it('is refused unchanged, and a restore keeps it under another name', async () => {
    const file = newLibrary()
    const runId = (await withRuns(file))[0]!
    const app = await openApp(file)
    const backup = await app.backUp()
    await app.close()
    writeFileSync(file, notes)
    await expect(openApp(file)).rejects.toMatchObject({ code: 'not-a-database' })
    expect(readFileSync(file, 'utf8')).toBe(notes)
    expect(offersFor('not-a-database', closedBackups(file))[0]).toMatchObject({ kind: 'restore', backup: { file: backup.file } })
    const aside = await restoreClosed({ file, workers }, backup.file)
    expect(readFileSync(aside!, 'utf8')).toBe(notes)
    const again = await openApp(file)
    expect((await again.get(runId)).summary.status).toBe('done')
  })

  it('is kept aside and replaced by a new library if there is no backup', async () => {
    const file = newLibrary()
    writeFileSync(file, notes)
    expect(offersFor('not-a-database', []).map(({ kind }) => kind)).toEqual(['set aside', 'retry', 'quit'])
    const aside = keepAside(file)
    expect(readFileSync(aside, 'utf8')).toBe(notes)
    expect(await (await openApp(file)).list()).toEqual([])
  })
})

test.for([
  ['an empty file', 'empty-file', (file: string) => writeFileSync(file, '')],
  ['a database of another application', 'foreign', (file: string) => {
    const db = new Database(file)
    db.exec('CREATE TABLE theirs (x); PRAGMA application_id = 252006673')
    db.close()
  }],
  ['a database without an application id', 'foreign', (file: string) => {
    const db = new Database(file)
    db.exec('CREATE TABLE theirs (x)')
    db.close()
  }],
] as const)('fault 24: %s is refused, and only retry and quit are offered', async ([, code, make]) => {
  const file = newLibrary()
  make(file)
  const before = bytesOf(file)
  await expect(openApp(file)).rejects.toMatchObject({ code })
  expect(bytesOf(file)).toBe(before)
  expect(offersFor(code, []).map(({ kind }) => kind)).toEqual(['retry', 'quit'])
})

describe('fault 25: a damaged or truncated page', () => {
  /** Overwrites a page in the middle of the file with noise. */
  function damage(file: string, page: number): void {
    const handle = openSync(file, 'r+')
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, page * 4096)
  }
  const pagesOf = (file: string) => Math.floor(statSync(file).size / 4096)

  it('is found anywhere in the file, which the repair keeps, and everything readable is saved', async () => {
    const file = newLibrary()
    const runIds = await withRuns(file, 4)
    // Compact first, because damage to an unused page is not an error.
    const app = await openApp(file)
    await app.compact()
    await app.close()
    const whole = `${file}.whole`
    copyFileSync(file, whole)
    let rebuilt = 0
    let some = 0
    for (let page = 2; page < pagesOf(whole); page += thorough ? 1 : Math.ceil(pagesOf(whole) / 8)) {
      const folder = temporaryFolder()
      const damaged = join(folder, 'library.chalcogen')
      copyFileSync(whole, damaged)
      damage(damaged, page)
      const before = bytesOf(damaged)
      const { findings } = await checkClosed({ file: damaged, workers }, false, () => {})
      expect(findings.length, `page ${page}`).toBeGreaterThan(0)
      expect(bytesOf(damaged)).toBe(before)
      if (!findings.some(({ kind }) => kind === 'structure')) continue
      const repaired = await checkClosed({ file: damaged, workers }, true, () => {})
      if (repaired.findings[0]!.repaired === null) {
        // If the schema itself is damaged, nothing can be read and the file stays in place.
        expect(bytesOf(damaged)).toBe(before)
        continue
      }
      expect(repaired.findings[0]!.repaired).toContain('to a new file')
      rebuilt++
      const aside = readdirSync(folder).find((name) => name.includes('damaged-'))!
      expect(bytesOf(join(folder, aside))).toBe(before)
      requireWhole(damaged)
      const app = await openApp(damaged)
      const saved = (await app.list()).map(({ runId }) => runId)
      for (const runId of runIds) if (!saved.includes(runId)) expect(repaired.findings[0]!.repaired).toContain(runId)
      some += saved.length
      await app.close()
    }
    expect(rebuilt).toBeGreaterThan(2)
    expect(some).toBeGreaterThan(2 * rebuilt)
  })

  it('is found if the file is truncated', async () => {
    const file = newLibrary()
    await withRuns(file)
    truncateSync(file, 4096 * Math.floor(pagesOf(file) / 2))
    const { findings } = await checkClosed({ file, workers }, false, () => {})
    expect(findings.some(({ kind }) => kind === 'structure')).toBe(true)
  })
})

/** Flips one bit of a stored array, which SQLite's own checks do not notice. */
function flipBit(file: string, table: 'arrays' | 'checkpoints', runId: string): { epoch: number; kind: string; name: string } {
  const db = new Database(file)
  const row = db.prepare(`SELECT rowid, * FROM ${table} WHERE run_id = ? AND length(data) > 40 ORDER BY rowid DESC`).get(runId) as
    { rowid: number; data: Buffer; epoch: number; kind: string; name: string }
  row.data[30]! ^= 4
  db.prepare(`UPDATE ${table} SET data = ? WHERE rowid = ?`).run(row.data, row.rowid)
  db.close()
  return row
}

describe('fault 26: a flipped bit', () => {
  it('in a snapshot is found by its SHA-256, does not affect other data, and is repaired from a backup', async () => {
    const file = newLibrary()
    const [runId = '', other = ''] = await withRuns(file, 2)
    const before = await openApp(file)
    await before.backUp()
    await before.close()
    const { epoch, kind, name } = flipBit(file, 'arrays', runId)
    const report = await check(file)
    expect(report.findings).toEqual([{ kind: 'array', runId, message: expect.stringContaining(`'${name}' of epoch ${epoch}`), repaired: null }])
    const app = await openApp(file)
    await expect(app.array(runId, epoch, kind, name)).rejects.toMatchObject({ code: 'damaged' })
    await readAll(app, other)
    await app.close()
    expect((await check(file, '--repair')).findings[0]!.repaired).toContain('Restored from the backup')
    expect((await check(file)).findings).toEqual([])
    await readAll(await openApp(file), runId)
  })

  it('in a checkpoint makes the run resume from the one before, to the same bits', async () => {
    const file = newLibrary()
    const whole = await openApp(newLibrary())
    const wholeId = await startRun(whole, { ...busy, training: { epochs: 60 } })
    const { digest } = await whole.finished(wholeId)
    const app = await openApp(file)
    const recording = { ...busy.recording, checkpointEvery: 1e-4 }
    const runId = await startRun(app, { ...busy, training: { epochs: 60 }, recording })
    await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone >= 4, 20_000)
    await app.pause(runId)
    await app.close()
    flipBit(file, 'checkpoints', runId)
    expect((await check(file)).findings).toMatchObject([{ kind: 'checkpoint', runId }])
    const again = await openApp(file)
    await again.resume(runId)
    expect(await again.finished(runId)).toMatchObject({ status: 'done', digest })
  })

  async function readAll(app: App, runId: string): Promise<void> {
    for (const { epoch, kind, name } of (await app.get(runId)).arrays) await app.array(runId, epoch, kind, name)
  }
})

describe('fault 27: a library of an older version', () => {
  it.each([
    [1, fixtureV1, [
      ['tiny µ', 'done', 3], ['tiny µ', 'done', 24], ['running', 'interrupted', 2], ['queued', 'interrupted', 0], ['failed', 'failed', 1],
    ]],
    [2, fixtureV2, [['kept by version 2', 'done', 4]]],
    [3, fixtureV3, [['learned, resumed', 'done', 150], ['silent', 'done', 25], ['diverged', 'done', 30]]],
  ])('of version %i is backed up and migrated to the golden content', async (version, fixture, expected) => {
    const file = newLibrary()
    copyFileSync(fixture, file)
    const app = await openApp(file)
    const runs = await app.list()
    await app.close()
    const golden = new URL(`fixtures/of-v${version}.golden.json`, import.meta.url)
    expect(dumpOf(file)).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
    expect(runs.map(({ name, status, epochsDone }) => [name, status, epochsDone])).toEqual(expected)
    const backup = closedBackups(file)[0]!
    expect(backup.reason).toBe('migration')
    expect(dumpOf(backup.file)).toEqual(dumpOf(fixture))
    expect((await check(file)).findings).toEqual([])
  })
})

test('fault 28: a library of a newer version is refused unchanged, with the advice to update the application', async () => {
  const file = newLibrary()
  const db = new Database(file)
  db.exec(`CREATE TABLE runs (x); PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${NEWEST_VERSION + 1}`)
  db.close()
  const before = bytesOf(file)
  await expect(openApp(file)).rejects.toMatchObject({ code: 'newer', message: expect.stringContaining('Update the application') })
  expect(bytesOf(file)).toBe(before)
  expect(readdirSync(join(file, '..'))).toEqual(['library.chalcogen'])
  expect(offersFor('newer', []).map(({ kind }) => kind)).toEqual(['quit'])
})

test('fault 29: a backup made during a run is intact and contains everything acknowledged before', async () => {
  const file = newLibrary()
  const app = await openApp(file)
  const recording = { snapshotEvery: 1, checkpointEvery: 0.02 }
  const runId = await startRun(app, { ...busy, training: { epochs: 400 }, recording })
  let acknowledged = 0
  app.events.on('run.epochs', ({ metrics }) => { acknowledged = metrics.at(-1)!.epoch })
  await vi.waitUntil(() => acknowledged > 5, 20_000)
  const before = acknowledged
  const backup = await app.backUp()
  expect((await app.get(runId)).summary.status).toBe('running')
  await app.stop(runId)
  requireWhole(backup.file)
  expect((await check(backup.file)).findings).toEqual([])
  const copy = await openApp(backup.file)
  expect((await copy.get(runId)).summary.epochsDone).toBeGreaterThanOrEqual(before)
})

describe('fault 35: a hostile SQLite file as import', () => {
  it.for(hostileSchemas)('%s is refused, nothing is imported, and the file is not changed', async ([, sql]) => {
    const [file, other] = [newLibrary(), newLibrary()]
    await withRuns(other)
    const db = new Database(other)
    db.exec(sql)
    db.close()
    const before = bytesOf(other)
    const app = await openApp(file)
    await expect(app.importRuns(other)).rejects.toMatchObject({ code: 'foreign' })
    expect(await app.list()).toEqual([])
    expect(bytesOf(other)).toBe(before)
  })

  it.for([
    ['a shape of 2^60 elements', `UPDATE arrays SET shape = '[1073741824,1073741824]'`],
    ['a blob that does not match its hash', `UPDATE arrays SET data = zeroblob(length(data))`],
  ])('%s is refused, and nothing is imported', async ([, sql]) => {
    const [file, other] = [newLibrary(), newLibrary()]
    await withRuns(other)
    const db = new Database(other)
    db.exec(sql!)
    db.close()
    const app = await openApp(file)
    await expect(app.importRuns(other)).rejects.toThrow()
    expect(await app.list()).toEqual([])
  })

  it('a valid library of this version or version 1 is imported once', async () => {
    const [file, other] = [newLibrary(), newLibrary()]
    const runId = (await withRuns(other))[0]!
    const theirs = dumpOf(other)
    const app = await openApp(file)
    expect(await app.importRuns(other)).toEqual({ imported: 1, present: 0 })
    expect(await app.importRuns(other)).toEqual({ imported: 0, present: 1 })
    expect(await app.importRuns(fixtureV1)).toEqual({ imported: 5, present: 0 })
    expect((await app.get(runId)).summary).toMatchObject({ status: 'done', epochsDone: 6 })
    await expect(app.importRuns(file)).rejects.toMatchObject({ problems: [{ rule: expect.stringContaining('the open library itself') }] })
    await app.close()
    expect((await check(file)).findings).toEqual([])
    expect(dumpOf(file).arrays).toEqual(expect.arrayContaining(theirs.arrays!))
  })
})

describe('fault 35: a hostile SQLite file as one\'s own library', () => {
  function changed(file: string, sql: string): void {
    const db = new Database(file)
    db.exec(sql)
    db.close()
  }
  const checked = (file: string, repair: boolean) => checkClosed({ file, workers }, repair, () => {})

  it.for([...hostileSchemas, ['a trigger that deletes all runs', DELETING_TRIGGER]] as const)('%s is refused, found and repaired', async ([, sql]) => {
    const file = newLibrary()
    const [runId] = await withRuns(file)
    changed(file, sql)
    const before = bytesOf(file)
    await expect(openApp(file)).rejects.toMatchObject({ code: 'damaged', message: expect.stringMatching(/ of the library was | is not part of /) })
    const { findings } = await checked(file, false)
    expect(findings.map(({ kind }) => kind)).toContain('structure')
    expect(bytesOf(file)).toBe(before)
    await checked(file, true)
    const app = await openApp(file)
    await app.shelve([runId!], 'archive')
    expect((await app.list()).map((run) => run.runId)).toEqual([runId])
    await app.close()
    expect((await checked(file, false)).findings).toEqual([])
  })

  it('no query of such a library runs, not even one without end', async () => {
    const file = newLibrary()
    await withRuns(file)
    changed(file, ENDLESS_RUNS)
    await expect(openApp(file)).rejects.toMatchObject({ code: 'damaged' })
    expect((await checked(file, true)).findings.length).toBeGreaterThan(0)
  }, 20_000)

  it('an older library is not upgraded with its triggers', async () => {
    const file = newLibrary()
    copyFileSync(fixtureV3, file)
    changed(file, DELETING_TRIGGER)
    const before = bytesOf(file)
    await expect(openApp(file)).rejects.toMatchObject({ code: 'damaged' })
    expect(bytesOf(file)).toBe(before)
    expect((await checked(file, true)).findings.length).toBeGreaterThan(0)
    expect((await (await openApp(file)).list()).length).toBeGreaterThan(0)
  })

  it('statistics of SQLite and a missing index keep no library from being opened', async () => {
    const file = newLibrary()
    await withRuns(file)
    changed(file, 'ANALYZE; DROP INDEX runs_of_replicate')
    expect(await (await openApp(file)).list()).toHaveLength(1)
    expect((await checked(file, false)).findings).toMatchObject([{ kind: 'structure', message: expect.stringContaining('index runs_of_replicate') }])
  })
})
