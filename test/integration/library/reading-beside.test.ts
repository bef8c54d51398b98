import Database from 'better-sqlite3'
import fc from 'fast-check'
import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { Connector } from '../../../src-main/library/connector.ts'
import { openBeside, openConnection } from '../../../src-main/library/connection.ts'
import { type Library, libraryOver, newRunId, openLibrary, requireReadable } from '../../../src-main/library/library.ts'
import type { Role, WorkerData } from '../../../src-main/library/protocol.ts'
import { Service } from '../../../src-main/library/service.ts'
import { addRun, endedAt, environment, metricsOf, open, openNew, packed, temporaryFolder, workerFile } from './support.ts'

const withoutLog = new URL('../../fault/fixtures/without-log-library.worker.ts', import.meta.url)
const filesBeside = (file: string) => readdirSync(dirname(file)).sort()

async function fullRun(library: Library): Promise<string> {
  const runId = await addRun(library)
  await library.appendEpochs(runId, [metricsOf(1), metricsOf(2)])
  await library.putArrays(runId, 1, [packed({ kind: 'weight', name: 'input', shape: [2], data: Float32Array.of(1, 2) })])
  return runId
}

async function epochsOf(library: Library, runId: string): Promise<number[]> {
  return (await library.get(runId)).epochs.map(({ epoch }) => epoch)
}

describe('a read', () => {
  it('is answered while a write waits for the lock of another program', async () => {
    const library = await openNew()
    const runId = await fullRun(library)
    expect(await epochsOf(library, runId)).toEqual([1, 2])
    const other = new Database(library.file)
    onTestFinished(() => { other.close() })
    other.exec('BEGIN IMMEDIATE')
    other.exec('DELETE FROM runs')
    let waits = true
    const write = library.appendEpochs(runId, [metricsOf(3)]).finally(() => { waits = false })
    const summaries = await library.list()
    expect(summaries).toMatchObject([{ runId, epochsDone: 2 }])
    expect(await library.page(null, 10)).toEqual(summaries)
    expect(await epochsOf(library, runId)).toEqual([1, 2])
    expect((await library.array(runId, 1, 'weight', 'input')).data).toEqual(Float32Array.of(1, 2))
    expect(await library.outlines([runId])).toMatchObject([{ summary: { runId } }])
    expect(await library.settings()).toMatchObject({ held: false })
    expect(waits).toBe(true)
    other.exec('ROLLBACK')
    await write
    expect(await epochsOf(library, runId)).toEqual([1, 2, 3])
  })

  it('sees every write that the caller has awaited', async () => {
    const library = await openNew()
    const runId = await addRun(library)
    let epoch = 0
    const act = fc.constantFrom(
      async () => {
        await library.appendEpochs(runId, [metricsOf(++epoch)])
        expect((await library.overview(runId)).summary.epochsDone).toBe(epoch)
      },
      async () => {
        await library.configure({ workers: epoch % 60 })
        expect(await library.settings()).toMatchObject({ workers: epoch % 60 })
      },
      async () => {
        const id = newRunId()
        const before = (await library.list()).length
        const { spec } = requireReadable(await library.get(runId))
        await library.createRuns([{ runId: id, spec, environment, createdAt: endedAt, sequences: 1, sweep: null }])
        expect(await library.list()).toHaveLength(before + 1)
        await library.finishRun(id, { status: 'stopped', endedAt, digest: null, secondsPerSequence: null, error: null })
        expect((await library.overview(id)).summary.status).toBe('stopped')
      },
    )
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 6 }), async (acts) => {
      for (const one of acts) await one()
    }), { numRuns: 25 })
  })

  it('that writes nonetheless is refused by SQLite', async () => {
    const file = join(temporaryFolder(), 'library.chalcogen')
    const writer = openConnection(file)
    const reader = openBeside(file)
    onTestFinished(() => { reader.close(); writer.close() })
    expect(() => reader.db.exec('DELETE FROM runs')).toThrow('readonly')
    const service = new Service({ ...reader, file, onWork: () => {} })
    await expect(service.answer({ id: 1, op: 'release', args: [[]] })).rejects.toMatchObject({ code: 'read-only' })
  })

  it('tells of a write of another program, and not of one of its own program', async () => {
    const library = await openNew()
    await library.list()
    await addRun(library)
    await library.list()
    expect(await library.changedElsewhere()).toBe(false)
    const other = await open(library.file)
    await addRun(other)
    expect(await library.changedElsewhere()).toBe(true)
    expect(await library.list()).toHaveLength(2)
  })
})

describe('a library that was read and written', () => {
  it('leaves no log when it is closed', async () => {
    const library = await openNew()
    await fullRun(library)
    await library.list()
    await library.close()
    expect(filesBeside(library.file)).toEqual(['library.chalcogen'])
  })

  it('is one plain file while it is replaced, and is read and written again afterwards', async () => {
    const library = await openNew()
    const runId = await fullRun(library)
    let during: string[] = []
    const reads = [library.list(), library.list()]
    const replaced = library.replace(async (file) => {
      during = filesBeside(file)
      return file
    })
    const later = library.list()
    await replaced
    expect(during).toEqual(['library.chalcogen'])
    for (const list of await Promise.all([...reads, later])) expect(list).toMatchObject([{ runId }])
    await library.appendEpochs(runId, [metricsOf(3)])
    expect(await epochsOf(library, runId)).toEqual([1, 2, 3])
  })

  it('stays open, and is read, if another program keeps it from being replaced', async () => {
    const library = await openNew()
    const runId = await fullRun(library)
    const other = new Database(library.file)
    onTestFinished(() => { other.close() })
    other.prepare('SELECT count(*) FROM runs').get()
    await expect(library.replace(async (file) => file)).rejects.toMatchObject({ code: 'locked' })
    await library.appendEpochs(runId, [metricsOf(3)])
    expect(await epochsOf(library, runId)).toEqual([1, 2, 3])
  })
})

/** Opens a library with a worker, and tells which of its threads run. */
async function threadsOf(worker: URL, file: string, readerAtOnce = true): Promise<{ library: Library; running: () => Role[] }> {
  const threads: [Role, Worker][] = []
  const start = (file: string, role: Role) => {
    const thread = new Worker(worker, { workerData: { file, role } satisfies WorkerData })
    threads.push([role, thread])
    return thread
  }
  const connector = new Connector(start, file, { onWork: () => {}, onRestart: () => {}, onAnswer: () => {} }, readerAtOnce)
  const library = libraryOver(connector)
  onTestFinished(() => library.close())
  await connector.opened()
  return { library, running: () => threads.filter(([, { threadId }]) => threadId !== -1).map(([role]) => role) }
}

describe('one thread reads and writes', () => {
  const newFile = () => join(temporaryFolder(), 'library.chalcogen')

  it('a library on a disk that cannot have a log, where a reader and a writer would wait for each other', async () => {
    const { library, running } = await threadsOf(withoutLog, newFile())
    const runId = await fullRun(library)
    expect(existsSync(`${library.file}-wal`)).toBe(false)
    expect(await epochsOf(library, runId)).toEqual([1, 2])
    expect(running()).toEqual(['writer'])
  })

  it('a library that is opened without a reader, until a read would wait for a write', async () => {
    const { library, running } = await threadsOf(workerFile, newFile(), false)
    const runId = await fullRun(library)
    expect(await epochsOf(library, runId)).toEqual([1, 2])
    expect(running()).toEqual(['writer'])
    const other = new Database(library.file)
    onTestFinished(() => { other.close() })
    other.exec('BEGIN IMMEDIATE')
    const write = library.appendEpochs(runId, [metricsOf(3)])
    expect(await epochsOf(library, runId)).toEqual([1, 2])
    expect(running()).toEqual(['writer', 'reader'])
    other.exec('ROLLBACK')
    await write
    expect(await epochsOf(library, runId)).toEqual([1, 2, 3])
    await library.close()
    expect(running()).toEqual([])
  })

  it('a library that is replaced, and reads again from a thread of its own', async () => {
    const { library, running } = await threadsOf(workerFile, newFile(), false)
    const runId = await fullRun(library)
    await Promise.all([library.appendEpochs(runId, [metricsOf(3)]), epochsOf(library, runId)])
    expect(running()).toEqual(['writer', 'reader'])
    await library.replace(async (file) => file)
    expect(running()).toEqual(['writer'])
    expect(await epochsOf(library, runId)).toEqual([1, 2, 3])
    await Promise.all([library.appendEpochs(runId, [metricsOf(4)]), epochsOf(library, runId)])
    expect(running()).toEqual(['writer', 'reader'])
  })

  it('no library that is opened with a reader', async () => {
    const { library, running } = await threadsOf(workerFile, newFile())
    expect(await library.list()).toEqual([])
    expect(running().sort()).toEqual(['reader', 'writer'])
    await library.close()
    expect(running()).toEqual([])
  })

  it('and ends both if it refuses the file', async () => {
    const library = await openNew()
    const db = new Database(library.file)
    db.pragma('application_id = 7')
    db.close()
    await library.close()
    await expect(openLibrary({ file: library.file, worker: workerFile })).rejects.toMatchObject({ code: 'foreign' })
    const { threadsEnd } = await import('../../../src-main/threads/threads.ts')
    expect(await threadsEnd(5000)).toBe(true)
  })
})
