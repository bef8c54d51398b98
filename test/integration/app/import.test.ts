import Database from 'better-sqlite3'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { fromBufferPromise } from 'yauzl'
import type { App } from '../../../src-main/app/app.ts'
import type { LibraryWork } from '../../../src-main/contract/library.ts'
import { busy, createTestApp, openApp, startRun } from '../../fixtures/application.ts'
import { makeLargeLibrary } from '../../fixtures/large-library.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { thorough } from '../../fixtures/thorough.ts'
import { sha256 } from '../../unit/transfer/archive/support.ts'
import { brokenRules, filesOf } from '../../unit/transfer/crate/ro-crate.ts'

vi.setConfig({ testTimeout: 120_000 })

/** Among 50 of them are runs of every status and on every shelf. */
const RUNS = thorough ? 1000 : 50

const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')
const empty = () => openApp(newLibrary())

const idsIn = async (app: App) => (await app.list()).map(({ runId }) => runId)
const digestsIn = async (app: App) => (await app.list()).map(({ runId, digest }) => [runId, digest])

async function exported(app: App, format: 'crate' | 'archive', folder = temporaryFolder()): Promise<string> {
  return (await app.exportRuns(await idsIn(app), format, folder))[0]!
}

/** A copy of a ZIP file with one byte of an entry flipped. */
async function flipped(file: string, name: string): Promise<string> {
  const bytes = readFileSync(file)
  for await (const entry of (await fromBufferPromise(bytes, { autoClose: false })).eachEntry()) {
    if (String(entry.fileName) !== name) continue
    const head = entry.relativeOffsetOfLocalHeader
    const start = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28)
    bytes[start + Math.floor(entry.compressedSize / 2)]! ^= 0x10
  }
  const copy = join(temporaryFolder(), 'flipped.zip')
  writeFileSync(copy, bytes)
  return copy
}

/** A library with two finished runs, and its exports. */
let [library, crate, archive] = ['', '', '']
let runIds: string[]
const folder = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(async () => {
  library = join(folder, 'library.chalcogen')
  const app = await createTestApp(library)
  for (const name of ['one', 'two']) await app.finished(await startRun(app, { ...busy, name, training: { epochs: 4 } }))
  runIds = await idsIn(app)
  crate = await exported(app, 'crate', folder)
  archive = await exported(app, 'archive', folder)
  await app.close()
})

describe('a crate', () => {
  it('of an imported crate has the same bytes once its runs are verified, and its runs the same digests', async () => {
    const [ours, theirs] = [await openApp(library), await empty()]
    expect(brokenRules(await filesOf(readFileSync(crate)))).toEqual([])
    expect(await theirs.importRuns(crate)).toEqual({ imported: 2, present: 0 })
    expect(await digestsIn(theirs)).toEqual(await digestsIn(ours))
    // Until then, its table of runs says that they are not.
    expect(readFileSync(await exported(theirs, 'crate')).equals(readFileSync(crate))).toBe(false)
    await theirs.verifyRuns((await theirs.list()).map(({ runId }) => runId))
    expect(readFileSync(await exported(theirs, 'crate'))).toEqual(readFileSync(crate))
    expect((await theirs.check(false)).findings).toEqual([])
  })

  it(`of ${RUNS} runs goes through another library without a change`, { timeout: 600_000 }, async () => {
    const file = newLibrary()
    makeLargeLibrary(file, { runs: RUNS, snapshots: RUNS })
    const first = await openApp(file)
    const begun = await exported(first, 'crate')
    expect(brokenRules(await filesOf(readFileSync(begun)))).toEqual([])
    const second = await empty()
    expect(await second.importRuns(begun)).toEqual({ imported: RUNS, present: 0 })
    const again = await exported(second, 'crate')
    const third = await empty()
    await third.importRuns(again)
    // The first library has unfinished runs and shelves, which an import changes once.
    expect(readFileSync(await exported(third, 'crate')).equals(readFileSync(again))).toBe(true)
    const arraysOf = async (zip: string) => [...await filesOf(readFileSync(zip))].filter(([name]) => name.includes('/arrays/'))
      .map(([name, bytes]) => [name, sha256(bytes)])
    expect(await arraysOf(again)).toEqual(await arraysOf(begun))
  })

  it.for(['tables/epochs.csv', 'ro-crate-metadata.json'])('with a flipped byte in %s is named, and all runs are imported', async (name) => {
    const app = await empty()
    const failed = app.importRuns(await flipped(crate, name))
    const message = expect.stringMatching(/^The library has 2 runs of .* now\. The rest cannot be used:/) as string
    await expect(failed).rejects.toMatchObject({ name: 'BadInput', message })
    await expect(failed).rejects.toThrow(name)
    expect(await idsIn(app)).toEqual(runIds)
  })

  it.for(['run.json', 'spec.json', 'arrays/0.bin'])('with a flipped byte in %s is named, and only the other run is imported', async (name) => {
    const app = await empty()
    const entry = `runs/${runIds[0]}/${name}`
    const file = await flipped(crate, entry)
    await expect(app.importRuns(file)).rejects.toThrow(entry)
    expect(await idsIn(app)).toEqual([runIds[1]])
    const runs = await app.previewImport(file)
    expect(runs).toMatchObject([
      { runId: runIds[0], state: 'damaged', damage: expect.stringContaining(entry) }, { runId: runIds[1], state: 'present', present: runIds[1] },
    ])
  })
})

describe('a dry run', () => {
  const sources = () => [crate, archive, library]

  it('says what would be imported from a crate, an archive and a library, and changes nothing', async () => {
    for (const source of sources()) {
      const [file, before] = [newLibrary(), () => readFileSync(file)]
      await (await createTestApp(file)).close()
      const [bytes, theirs] = [before(), readFileSync(source)]
      const app = await createTestApp(file)
      const runs = await app.previewImport(source)
      expect(runs.map(({ runId, state, present, damage }) => [runId, state, present, damage]).sort())
        .toEqual(runIds.map((runId) => [runId, 'new', null, null]).sort())
      expect(await app.list()).toEqual([])
      await app.close()
      expect(before().equals(bytes)).toBe(true)
      expect(readFileSync(source).equals(theirs)).toBe(true)
    }
  })

  it('names the damaged run of a library', async () => {
    const copy = newLibrary()
    copyFileSync(library, copy)
    const db = new Database(copy)
    db.prepare('UPDATE arrays SET data = zeroblob(length(data)) WHERE run_id = ?').run(runIds[0])
    db.close()
    const app = await empty()
    const runs = await app.previewImport(copy)
    expect(runs.filter(({ state }) => state === 'damaged')).toMatchObject([{ runId: runIds[0], damage: expect.stringContaining('is damaged') }])
    expect(runs).toHaveLength(2)
  })
})

describe('a run that the library already has', () => {
  it('is known by its id, or by its spec and digest', async () => {
    const app = await openApp(newLibrary())
    const runId = await startRun(app, { ...busy, name: 'one', training: { epochs: 4 } })
    await app.finished(runId)
    const same = runIds.at(-1)!
    for (const source of [crate, archive, library]) {
      const states = (await app.previewImport(source)).map((run) => [run.runId, run.state, run.present])
      expect(states.sort()).toEqual([[runIds[0], 'new', null], [same, 'present', runId]].sort())
    }
    expect(await app.importRuns(crate)).toEqual({ imported: 1, present: 1 })
    expect((await idsIn(app)).sort()).toEqual([runIds[0], runId].sort())
    expect(await app.importRuns(library)).toEqual({ imported: 0, present: 2 })
    const another = await openApp(newLibrary())
    expect(await another.importRuns(await exported(app, 'archive'))).toEqual({ imported: 2, present: 0 })
  })

  it('may be there twice: repetitions of one archive are all imported', async () => {
    const app = await openApp(newLibrary())
    const runId = await startRun(app, { ...busy, training: { epochs: 4 } })
    await app.finished(runId)
    await app.finished(await app.retry(runId))
    const digests = (await app.list()).map(({ digest }) => digest)
    expect(digests[0]).toBe(digests[1])
    for (const source of [await exported(app, 'crate'), app.libraryFile]) {
      expect(await (await empty()).importRuns(source)).toEqual({ imported: 2, present: 0 })
    }
  })
})

describe('a file that does not hold everything of a run', () => {
  let app: App
  beforeAll(async () => { app = await createTestApp(join(folder, 'empty.chalcogen')) })
  afterAll(() => app.close())

  it.for([
    ['runs.csv', 'CSV (tables)'], ['runs.parquet', 'Parquet'], ['runs.NPZ', 'NPZ'], ['runs.h5', 'HDF5'], ['runs.json', 'JSON'], ['run.lif.nir', 'NIR'],
  ])('%s is refused, and what to import instead is named', async ([name, title]) => {
    const file = join(temporaryFolder(), name!)
    writeFileSync(file, 'PK something that is no archive')
    for (const take of [app.importRuns, app.previewImport]) {
      await expect(take(file)).rejects.toMatchObject({
        name: 'BadInput', message: expect.stringMatching(/does not hold everything of a run\. Export the runs as an archive or an RO-Crate, and import that\.$/),
      })
      await expect(take(file)).rejects.toThrow(title)
    }
    expect(await app.list()).toEqual([])
  })
})

/** So many that an import is cancelled before its last one. */
const MANY = 120

it('an import of a crate is cancelled after whole runs, and can be repeated', async () => {
  const file = newLibrary()
  makeLargeLibrary(file, { runs: MANY, snapshots: 0 })
  const source = await exported(await openApp(file), 'crate')
  const app = await empty()
  const begun = new Promise<LibraryWork>((resolve) => { app.events.on('library.work', resolve) })
  const failed = expect(app.importRuns(source)).rejects.toMatchObject({ code: 'cancelled' })
  expect(await begun).toMatchObject({ task: 'import', total: MANY, ended: false })
  await app.cancel()
  await failed
  const some = (await app.list()).length
  expect(some).toBeGreaterThan(0)
  expect(some).toBeLessThan(MANY)
  expect(await app.importRuns(source)).toEqual({ imported: MANY - some, present: some })
  expect((await app.check(false)).findings).toEqual([])
})

describe('an imported run', () => {
  const marks = async (app: App) => (await app.list()).map(({ unverified }) => unverified ?? false)

  it.each(['crate', 'archive', 'library'] as const)('of a %s is not verified until it is computed again with the same digest', async (format) => {
    const app = await empty()
    await app.importRuns({ crate, archive, library }[format])
    expect(await marks(app)).toEqual([true, true])
    expect(await app.verifyRuns([runIds[0]!])).toMatchObject([{ result: 'same' }])
    expect((await app.list()).filter(({ unverified }) => unverified).map(({ runId }) => runId)).toEqual([runIds[1]])
    expect((await app.check(false)).findings).toEqual([])
    // What another library has verified does not count here.
    const third = await empty()
    await third.importRuns(await exported(app, 'archive'))
    expect(await marks(third)).toEqual([true, true])
  })

  it('that claims other results keeps its mark', async () => {
    const copy = newLibrary()
    copyFileSync(library, copy)
    const db = new Database(copy)
    db.prepare('UPDATE runs SET digest = ? WHERE run_id = ?').run('0'.repeat(64), runIds[0])
    db.close()
    const app = await empty()
    await app.importRuns(copy)
    expect(await app.verifyRuns([runIds[0]!])).toMatchObject([{ result: 'different' }])
    expect(await marks(app)).toEqual([true, true])
  })

  const lies: [place: string, tell: (db: Database.Database, runId: string) => void][] = [
    ['the array conductance', (db, runId) => {
      const found = `SELECT rowid, shape FROM arrays WHERE run_id = ? AND kind = 'conductance'`
      const [rowid, shape] = db.prepare<[string], [number, string]>(found).raw().get(runId)!
      const size = (JSON.parse(shape) as number[]).reduce((product, length) => product * length)
      const data = Buffer.from(new Float32Array(size).fill(7).buffer)
      db.prepare(`UPDATE arrays SET sha256 = ?, data = ?, packing = 'raw' WHERE rowid = ?`).run(sha256(data), data, rowid)
    }],
    ['saturated of epoch 1', (db, runId) => db.prepare('UPDATE epochs SET saturated = 0.75 WHERE run_id = ? AND epoch = 1').run(runId)],
    ['loss of epoch 1', (db, runId) => db.prepare('UPDATE epochs SET loss = 0.125 WHERE run_id = ? AND epoch = 1').run(runId)],
  ]
  it.each(lies)('with a true digest keeps its mark if it lies about %s', async (place, tell) => {
    const copy = newLibrary()
    copyFileSync(library, copy)
    const db = new Database(copy)
    tell(db, runIds[0]!)
    db.close()
    for (const file of [copy, await exported(await openApp(copy), 'archive')]) {
      const app = await empty()
      await app.importRuns(file)
      expect(await app.verifyRuns([runIds[0]!])).toMatchObject([{ result: 'different', reason: expect.stringContaining(`The digest is the same, but ${place}`) }])
      expect(await marks(app)).toEqual([true, true])
    }
  })

  it('is found by a query, and its mark is in exports', async () => {
    const app = await empty()
    await app.importRuns(archive)
    const found = async (query: string) => (await app.queries.find({ query, shelf: null }) as { runIds: string[] }).runIds
    expect([await found('unverified'), await found('not unverified')]).toEqual([expect.objectContaining({ length: 2 }), []])
    await app.verifyRuns([runIds[0]!])
    expect([await found('unverified'), await found('unverified = false')]).toEqual([[runIds[1]], [runIds[0]]])
    const [runs] = await app.exportRuns(runIds, 'csv', temporaryFolder())
    const [head, ...rows] = readFileSync(runs!, 'utf8').replace(/^\ufeff/, '').split(/\r?\n(?=runId|[0-9a-z]{8,})/)
    const at = head!.split(',').indexOf('unverified')
    expect(rows.slice(0, 2).map((row) => row.split(',')[at]).sort()).toEqual(['false', 'true'])
  })

  it('of this library has no mark', async () => {
    expect(await marks(await openApp(library))).toEqual([false, false])
  })
})

describe('what the user has written about a run', () => {
  const change = { name: 'The one', addTags: ['paper', 'Über'], note: '# Good\n*Keep it.*', starred: true }
  const annotation = { name: 'The one', tags: ['paper', 'Über'], note: '# Good\n*Keep it.*', starred: true }

  it.each(['crate', 'archive', 'library'] as const)('comes along in a %s, and the spec keeps its name', async (format) => {
    const file = newLibrary()
    copyFileSync(library, file)
    const app = await openApp(file)
    await app.annotate([runIds[0]!], change)
    const source = format === 'library' ? file : await exported(app, format)
    if (format === 'library') await app.close()
    const other = await empty()
    await other.importRuns(source)
    const [first, second] = await Promise.all(runIds.map((runId) => other.get(runId)))
    expect(first).toMatchObject({ summary: { name: 'The one', annotation }, spec: { name: 'two' } })
    expect(second!.summary).not.toHaveProperty('annotation')
    expect(await other.queries.find({ query: 'tag:über starred name:"the one" learning.rateInput = 0.02', shelf: null })).toMatchObject({ runIds: [runIds[0]] })
  })

  it('is in the table of runs', async () => {
    const file = newLibrary()
    copyFileSync(library, file)
    const app = await openApp(file)
    await app.annotate([runIds[0]!], change)
    const [runs] = await app.exportRuns(runIds, 'csv', temporaryFolder())
    const [head, ...rows] = readFileSync(runs!, 'utf8').replace(/^\ufeff/, '').split(/\r?\n(?=runId|[0-9a-z]{8,})/)
    expect(head).toContain(',starred,tags,note,')
    expect(rows[0]).toContain(',true,"paper; Über",# Good\\n*Keep it.*,')
    expect(rows[1]).toContain(',false,,,')
  })
})

it('a recording is the same after a pause and beside other runs, and goes through crates, archives and libraries', async () => {
  const file = newLibrary()
  const app = await openApp(file, { slots: 2 })
  const synapses = [{ layer: 'input' as const, from: 3, to: 5 }, { layer: 'recurrent' as const, from: 1, to: 2 }]
  const recording = { snapshotEvery: 0, snapshotBest: true, traces: { neurons: [4], synapses, every: 30 } }
  const spec = { ...busy, training: { epochs: 130 }, recording }
  const paused = await startRun(app, spec)
  const plain = await startRun(app, spec)
  await vi.waitUntil(async () => (await app.get(paused)).summary.epochsDone > 10, 20_000)
  await app.pause(paused)
  expect((await app.get(paused)).summary.status).toBe('paused')
  await app.resume(paused)
  for (const runId of [paused, plain]) expect((await app.finished(runId)).status).toBe('done')
  const sums = async (of: App, runId: string) =>
    (await of.get(runId)).arrays.map(({ epoch, kind, name, shape, sha256 }) => ({ epoch, kind, name, shape, sha256 }))
  const saved = await sums(app, plain)
  const recorded = saved.filter(({ kind }) => kind.startsWith('recorded.'))
  expect([...new Set(recorded.map(({ epoch }) => epoch))]).toEqual([30, 60, 90, 100, 120, 130])
  expect(await sums(app, paused)).toEqual(saved)
  expect((await app.check(false)).findings).toEqual([])
  for (const from of [await exported(app, 'crate'), await exported(app, 'archive'), file]) {
    const other = await empty()
    await other.importRuns(from)
    expect(await sums(other, plain)).toEqual(saved)
    expect((await other.check(false)).findings).toEqual([])
  }
})
