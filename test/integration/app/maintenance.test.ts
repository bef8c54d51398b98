import { existsSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { App } from '../../../src-main/app/app.ts'
import type { EventPayload } from '../../../src-main/contract/contract.ts'
import { skipFor, smallDisk } from '../../fault/support.ts'
import { busy, openApp, startRun } from '../../fixtures/application.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'
import { requireReadable } from '../../../src-main/app/errors.ts'

vi.setConfig({ testTimeout: 60_000 })

const small = { ...busy, training: { epochs: 4 } }
const newLibrary = () => join(temporaryFolder(), 'library.chalcogen')

async function done(app: App, name = ''): Promise<string> {
  const runId = await startRun(app, { ...small, name })
  expect(await app.finished(runId)).toMatchObject({ status: 'done' })
  return runId
}

describe('shelves', () => {
  it('move runs to the archive and the trash; only runs in the trash can be deleted, and compacting frees their space', async () => {
    const file = newLibrary()
    const app = await openApp(file)
    const [kept, gone] = [await done(app), await done(app)]
    await app.shelve([kept], 'archive')
    await app.shelve([gone], 'trash')
    expect((await app.usage()).runs).toEqual({ library: 0, archive: 1, trash: 1 })
    await expect(app.deleteRuns([gone, kept])).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining(kept) })
    expect(await app.list()).toHaveLength(2)
    const removed: string[] = []
    app.events.on('run.removed', ({ runIds }) => removed.push(...runIds))
    await app.deleteRuns([gone])
    expect(removed).toEqual([gone])
    await app.shelve([kept], 'library')
    const { freeBytes } = await app.usage()
    expect(freeBytes).toBeGreaterThan(20_000)
    const reports: EventPayload<'library.work'>[] = []
    app.events.on('library.work', (work) => reports.push(work))
    expect(await app.compact()).toBe(freeBytes)
    expect((await app.usage()).freeBytes).toBe(0)
    expect(reports.at(-1)).toMatchObject({ task: 'compact', ended: true, done: freeBytes, total: freeBytes })
    await app.close()
    expect(readdirSync(join(file, '..'))).toEqual(['library.chalcogen'])
  })

  it('refuse to move queued or running runs', async () => {
    const app = await openApp(newLibrary(), { slots: 1 })
    const running = await startRun(app, { ...busy, training: { epochs: 100_000 } })
    const queued = await startRun(app, small)
    for (const runId of [running, queued]) await expect(app.shelve([runId], 'trash')).rejects.toMatchObject({ code: 'busy' })
    await app.stop(running)
  })
})

describe('a backup', () => {
  it('replaces the library, and the previous library is kept', async () => {
    const file = newLibrary()
    const app = await openApp(file)
    const first = await done(app)
    const { file: backup } = await app.backUp()
    const second = await done(app)
    let changed = 0
    app.events.on('library.changed', () => changed++)
    const aside = await app.restore(backup)
    expect((await app.list()).map(({ runId }) => runId)).toEqual([first])
    expect(changed).toBeGreaterThan(0)
    const third = await done(app)
    await app.close()
    expect((await (await openApp(file)).list()).map(({ runId }) => runId)).toEqual([third, first])
    expect((await (await openApp(aside)).list()).map(({ runId }) => runId)).toEqual([second, first])
    expect(readdirSync(join(file, '..')).filter((name) => name.includes('draft'))).toEqual([])
  })

  it('is not restored while runs are active, or if it belongs to another library', async () => {
    const app = await openApp(newLibrary())
    const { file: backup } = await app.backUp()
    await expect(app.restore('/etc/passwd')).rejects.toMatchObject({ code: 'cannot-open' })
    const running = await startRun(app, { ...busy, training: { epochs: 100_000 } })
    await expect(app.restore(backup)).rejects.toMatchObject({ code: 'running' })
    expect((await app.get(running)).summary.status).toMatch(/queued|running/)
    await app.stop(running)
  })

  it('is not restored while another program has the library open, which does no harm', async () => {
    const file = newLibrary()
    const [app, other] = [await openApp(file), await openApp(file)]
    const { file: backup } = await app.backUp()
    await expect(app.restore(backup)).rejects.toMatchObject({ code: 'locked' })
    const runId = await done(app)
    expect((await other.get(runId)).summary.status).toBe('done')
    await other.close()
    await app.restore(backup)
    expect(await app.list()).toEqual([])
  })

  it('is made only if it is due', async () => {
    const app = await openApp(newLibrary())
    expect(await app.backUpIfDue()).toMatchObject({ reason: 'scheduled' })
    expect(await app.backUpIfDue()).toBeNull()
    await app.configure({ budget: 1e9 })
    await app.configure({ backupEvery: 0 })
    expect(app.backups().map(({ reason }) => reason)).toEqual(['scheduled'])
    expect(await app.settings()).toMatchObject({ backupEvery: 0, budget: 1e9 })
  })
})

describe('moving', () => {
  it('to another folder includes the backups and keeps the library usable', async () => {
    const file = newLibrary()
    const app = await openApp(file)
    const before = await done(app)
    await app.backUp()
    const folder = join(temporaryFolder(), 'new place')
    const moved = await app.move(folder)
    expect(moved).toBe(join(folder, 'library.chalcogen'))
    expect(app.libraryFile).toBe(moved)
    expect(existsSync(file)).toBe(false)
    expect(app.backups()).toHaveLength(1)
    expect(app.backups()[0]!.file.startsWith(folder)).toBe(true)
    const after = await done(app)
    expect((await app.list()).map(({ runId }) => runId)).toEqual([after, before])
  })

  it('includes backups on another disk, and always moves the library', async (context) => {
    const disk = smallDisk(8)
    if ('reason' in disk) return skipFor(disk.reason, context)
    const file = newLibrary()
    symlinkSync(disk.folder, join(file, '..', 'backups'))
    const app = await openApp(file)
    const runId = await done(app)
    await app.backUp()
    const moved = await app.move(join(temporaryFolder(), 'new place'))
    expect((await app.list()).map((run) => run.runId)).toEqual([runId])
    expect(app.backups()).toHaveLength(1)
    expect(app.backups()[0]!.file.startsWith(join(moved, '..'))).toBe(true)
    expect(existsSync(file)).toBe(false)
  })

  it('never overwrites an existing file', async () => {
    const file = newLibrary()
    const app = await openApp(file)
    const runId = await done(app)
    const other = newLibrary()
    await (await openApp(other)).close()
    const size = statSync(other).size
    await expect(app.move(join(other, '..'))).rejects.toMatchObject({ code: 'cannot-open', message: expect.stringContaining('already exists') })
    expect(statSync(other).size).toBe(size)
    expect((await app.get(runId)).summary.status).toBe('done')
    expect(app.libraryFile).toBe(file)
  })
})

describe('runs', () => {
  it('are copied to another library by an archive, with every array', async () => {
    const app = await openApp(newLibrary())
    const runIds = [await done(app, 'one'), await done(app, 'two')]
    const folder = temporaryFolder()
    const archive = (await app.exportRuns(runIds, 'archive', folder))[0]!
    const other = await openApp(newLibrary())
    expect(await other.importRuns(archive)).toEqual({ imported: 2, present: 0 })
    expect(await other.importRuns(archive)).toEqual({ imported: 0, present: 2 })
    for (const runId of runIds) {
      const [theirs, ours] = [requireReadable(await app.get(runId)), requireReadable(await other.get(runId))]
      expect(ours.epochs).toEqual(theirs.epochs)
      expect(ours.spec).toEqual(theirs.spec)
      expect(ours.arrays.map(({ sha256 }) => sha256)).toEqual(theirs.arrays.map(({ sha256 }) => sha256))
    }
    expect((await other.check(false)).findings).toEqual([])
  })

  it('pause and resume with the digest of an uninterrupted run; retry creates a new run', async () => {
    const app = await openApp(newLibrary())
    const spec = { ...busy, training: { epochs: 40 } }
    const whole = await startRun(app, spec)
    const { digest } = await app.finished(whole)
    const runId = await startRun(app, spec)
    for (const at of [3, 12]) {
      await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone >= at, 20_000)
      await app.pause(runId)
      const { summary } = await app.get(runId)
      expect(summary).toMatchObject({ status: 'paused', checkpoint: expect.any(Number) })
      expect(summary.checkpoint).toBeGreaterThanOrEqual(2 * at)
      await app.resume(runId)
    }
    expect(await app.finished(runId)).toMatchObject({ status: 'done', digest, checkpoint: null })
    const again = await app.retry(runId)
    expect(again).not.toBe(runId)
    expect(await app.finished(again)).toMatchObject({ status: 'done', digest })
    await expect(app.resume(runId)).rejects.toMatchObject({ code: 'busy', message: expect.stringContaining('is finished') })
  })

  it('started by another engine cannot be resumed', async () => {
    const file = newLibrary()
    const first = await openApp(file, { engineDigest: 'an older engine' })
    const runId = await startRun(first, { ...busy, training: { epochs: 100_000 } })
    await vi.waitUntil(async () => (await first.get(runId)).summary.epochsDone >= 2, 20_000)
    await first.close()
    const second = await openApp(file)
    expect((await second.get(runId)).summary.status).toBe('interrupted')
    await expect(second.resume(runId)).rejects.toMatchObject({ code: 'other-engine', message: expect.stringContaining('an older eng') })
  })

  it('of one program are visible to another open program, which cannot adopt them', async () => {
    const file = newLibrary()
    const watcher = await openApp(file, { resident: true })
    const worker = await openApp(file)
    let changes = 0
    watcher.events.on('library.changed', () => changes++)
    const runId = await done(worker)
    await vi.waitUntil(() => changes > 0, 10_000)
    expect((await watcher.list()).map((run) => run.runId)).toEqual([runId])
  })
})
