import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, test, vi, type TestContext } from 'vitest'
import type { App } from '../../src-main/app/app.ts'
import { exportFormats } from '../../src-main/contract/export-formats.ts'
import { offersFor } from '../../src-main/desktop/offers.ts'
import { openLibrary } from '../../src-main/library/library.ts'
import { busy, check, fillUp, lineOf, openApp, skipFor, smallDisk, startProcess, startRun, temporaryFolder } from './support.ts'
import { createTestApp } from '../fixtures/application.ts'
import { builtFile } from '../fixtures/built.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Mounts a small disk. Skips the test with a reason if the system does not allow it. */
function diskOf(megabytes: number, context: TestContext): string {
  const disk = smallDisk(megabytes)
  if ('reason' in disk) skipFor(disk.reason, context)
  return (disk as { folder: string }).folder
}

const many = { ...busy, training: { epochs: 40 }, recording: { snapshotEvery: 1, checkpointEvery: 0.05 } }

async function digestOf(spec: typeof many): Promise<string | null> {
  const app = await openApp(join(temporaryFolder(), 'library.chalcogen'))
  return (await app.finished(await startRun(app, spec))).digest
}

/** Expects every snapshot to have all its arrays, and no epoch to be missing. */
async function expectComplete(app: App, runId: string): Promise<void> {
  const { epochs, arrays } = await app.get(runId)
  expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, index) => index + 1))
  const perEpoch = new Map<number, number>()
  for (const { epoch } of arrays) perEpoch.set(epoch, (perEpoch.get(epoch) ?? 0) + 1)
  expect(new Set(perEpoch.values()).size).toBeLessThanOrEqual(1)
}

test('fault 16: if the disk is full, a run waits, says so, and resumes when there is space', async (context) => {
  const folder = diskOf(30, context)
  const file = join(folder, 'library.chalcogen')
  const app = await openApp(file, { retryMs: 100 })
  const runId = await startRun(app, many)
  await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone >= 3, 20_000)
  const freeSpace = fillUp(folder)
  await vi.waitUntil(() => app.live()[0]?.progress.waiting !== null, 20_000)
  expect(app.live()[0]!.progress.waiting).toContain('The disk is full')
  await expectComplete(app, runId)
  expect((await app.get(runId)).summary.status).toBe('running')
  const WAIT_MS = 500
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  freeSpace()
  const { status, digest, startedAt, endedAt, secondsComputed } = await app.finished(runId)
  expect({ status, digest }).toEqual({ status: 'done', digest: await digestOf(many) })
  // The time that the run waited is not computed time.
  expect(secondsComputed).toBeGreaterThan(0)
  expect(secondsComputed).toBeLessThan((Date.parse(endedAt!) - Date.parse(startedAt!) - WAIT_MS) / 1000)
  await expectComplete(app, runId)
  await app.close()
  expect((await check(file)).findings).toEqual([])
})

test('fault 16: a run that is stopped while the disk is full ends, and can be resumed when there is space', async (context) => {
  const folder = diskOf(30, context)
  const app = await openApp(join(folder, 'library.chalcogen'), { retryMs: 100 })
  const runId = await startRun(app, many)
  await vi.waitUntil(async () => (await app.get(runId)).summary.epochsDone >= 3, 20_000)
  const freeSpace = fillUp(folder)
  await vi.waitUntil(() => app.live()[0]?.progress.waiting !== null, 20_000)
  await app.stop(runId)
  expect(app.live()).toEqual([])
  freeSpace()
  await vi.waitUntil(async () => (await app.get(runId)).summary.status === 'stopped', 20_000)
  await app.resume(runId)
  expect(await app.finished(runId)).toMatchObject({ status: 'done', digest: await digestOf(many) })
})

describe('fault 17: the disk is full at the start', () => {
  it('no new library is created, no files are left, and deleting is not offered', async (context) => {
    const folder = diskOf(1, context)
    fillUp(folder)
    const file = join(folder, 'library.chalcogen')
    const failure = await openApp(file).catch((error: Error & { code?: string }) => error)
    expect(failure).toMatchObject({ code: 'disk-full', message: expect.stringContaining('The disk is full') })
    expect(readdirSync(folder)).toEqual(['filler'])
    expect(JSON.stringify(offersFor('disk-full', []))).not.toMatch(/delete|set aside/)
    expect((failure as Error).message).not.toMatch(/delet|remove/i)
  })

  it('an existing library opens or reports the full disk, and no run starts', async (context) => {
    const folder = diskOf(30, context)
    const file = join(folder, 'library.chalcogen')
    const before = await openApp(file)
    const runId = await startRun(before, { ...busy, training: { epochs: 2 } })
    await before.finished(runId)
    await before.close()
    fillUp(folder)
    const failure = await openApp(file).then(async (app) => {
      expect(await app.list()).toHaveLength(1)
      return startRun(app, busy).catch((error: Error) => error)
    }, (error: Error) => error)
    expect((failure as Error).message).toMatch(/The disk is full|disk space is left/)
    expect((failure as Error).message).not.toMatch(/delet|remove/i)
  })
})

describe('fault 18: if the disk is full during an export', () => {
  const home = mkdtempSync(join(tmpdir(), 'chalcogen-test-'))
  let app: App
  let runId: string
  beforeAll(async () => {
    app = await createTestApp(join(home, 'library.chalcogen'))
    runId = await startRun(app, { ...busy, training: { epochs: 4 } })
    await app.finished(runId)
  })
  afterAll(async () => {
    await app.close()
    rmSync(home, { recursive: true })
  })

  it.for(exportFormats)('as $format, the target is not changed and no files are left', async ({ format }, context) => {
    const folder = diskOf(4, context)
    const target = join(folder, 'out')
    mkdirSync(target)
    const files = await app.exportRuns([runId], format, target)
    const before = files.map((file) => readFileSync(file))
    const names = readdirSync(target)
    fillUp(folder)
    await expect(app.exportRuns([runId], format, target)).rejects.toMatchObject({ code: 'disk-full', message: expect.stringContaining('The disk is full') })
    expect(files.map((file) => readFileSync(file))).toEqual(before)
    expect(readdirSync(target)).toEqual(names)
  })
})

describe('fault 19: a read-only library', () => {
  /** Makes a file or folder immutable, because root ignores file modes. */
  function freeze(place: string, context: TestContext): void {
    const frozen = spawnSync('chattr', ['+i', place])
    if (frozen.status !== 0) skipFor('only root can make a file immutable, and only on some file systems', context)
    onTestFinished(() => { spawnSync('chattr', ['-i', place]) })
  }

  async function readyLibrary(): Promise<{ folder: string; file: string; runId: string }> {
    const folder = temporaryFolder()
    const file = join(folder, 'library.chalcogen')
    const app = await openApp(file)
    const runId = await startRun(app, { ...busy, training: { epochs: 2 } })
    await app.finished(runId)
    await app.close()
    return { folder, file, runId }
  }

  it.for(['file', 'folder'] as const)('opens for reading if the %s is immutable, says why, and refuses every write', async (what, context) => {
    const { folder, file, runId } = await readyLibrary()
    const before = readFileSync(file)
    freeze(what === 'file' ? file : folder, context)
    const app = await openApp(file, { resident: true })
    expect(app.readOnly).toContain('The library is read-only')
    const { arrays } = await app.get(runId)
    for (const { epoch, kind, name } of arrays) await app.array(runId, epoch, kind, name)
    await expect(startRun(app)).rejects.toMatchObject({ code: 'read-only' })
    await expect(app.shelve([runId], 'trash')).rejects.toMatchObject({ code: 'read-only' })
    await app.close()
    expect(readFileSync(file).equals(before)).toBe(true)
  })
})

test('fault 20: a library locked by another process waits five seconds, names the process, and works when it is free', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const library = await openLibrary({ file, worker: builtFile('library/library.worker') })
  onTestFinished(() => library.close())
  const child = startProcess('keeps-locked.ts', [file])
  await lineOf(child, (line) => line === 'locked')
  const began = performance.now()
  const failure = await library.configure({ backupEvery: 5 }).catch((error: Error) => error)
  expect(performance.now() - began).toBeGreaterThan(4900)
  expect(failure).toMatchObject({ code: 'locked', message: expect.stringContaining(`process ${child.pid}`) })
  expect(offersFor('locked', []).map(({ kind }) => kind)).toEqual(['retry', 'quit'])
  child.stdin!.end()
  await lineOf(child, (line) => line === 'free')
  expect(await library.configure({ backupEvery: 5 })).toMatchObject({ backupEvery: 5 })
})

