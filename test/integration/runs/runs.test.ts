import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type App, createApp } from '../../../src-main/app/app.ts'
import { threadFiles } from '../../../src-main/threads/thread-files.ts'
import { kernelsFile } from '../../fixtures/kernels.ts'
import { builtFile } from '../../fixtures/built.ts'

const source = (file: string) => new URL(`../../../${file}`, import.meta.url)
const endless = source('test/fixtures/engine-workers/endless.worker.ts')
const throwing = source('test/fixtures/engine-workers/throws.worker.ts')
const real = builtFile('runs/engine.worker')

const tiny = {
  task: { kind: 'sinusoids', patterns: 2, steps: 50, inputChannels: 5 },
  network: { recurrentNeurons: 6 },
  training: { epochs: 4 },
}

let dir: string
let app: App
beforeEach(() => { dir = mkdtempSync(path.join(os.tmpdir(), 'chalcogen-')) })
afterEach(async () => {
  await app.close()
  rmSync(dir, { recursive: true })
})

async function open(engine: URL): Promise<void> {
  app = await createApp({
    libraryFile: path.join(dir, 'library.chalcogen'),
    resourcesDir: path.join(dir, 'resources'),
    workers: { ...threadFiles(builtFile), engine },
    kernels: kernelsFile,
    engineDigest: 'test',
    applicationVersion: '0.0.0',
    slots: 1,
  })
}

const running = () => app.live().map(({ progress }) => progress.runId)
const start = async () => app.start(await app.prepare(tiny, 'test', dir))

test('saves a run with every epoch, and emits events while it runs', async () => {
  await open(real)
  const events: string[] = []
  app.events.on('run.changed', ({ summary }) => events.push(summary.status))
  app.events.on('run.epochs', ({ metrics }) => events.push(...metrics.map(({ epoch }) => `epoch ${epoch}`)))
  const runId = await start()
  const summary = await app.finished(runId)
  const { epochs, arrays } = await app.get(runId)
  expect(summary).toMatchObject({ status: 'done', epochsDone: 4, sequences: 8, loss: epochs[3]!.loss, digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
  expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
  expect(new Set(arrays.map(({ epoch }) => epoch))).toEqual(new Set([1, 4]))
  expect(events.filter((what) => what.startsWith('epoch'))).toHaveLength(4)
  expect(events.at(-1)).toBe('done')
})

test('a queued run waits for the running one and starts when that is stopped', async () => {
  await open(endless)
  const [first, second] = [await start(), await start()]
  await vi.waitUntil(() => running().length > 0, 10_000)
  expect(running()).toEqual([first])
  expect((await app.get(second)).summary.status).toBe('queued')
  await app.stop(first)
  expect((await app.get(first)).summary.status).toBe('stopped')
  await vi.waitUntil(() => running().length > 0, 10_000)
  expect(running()).toEqual([second])
})

test('a queued run can be stopped before it starts', async () => {
  await open(endless)
  const [, second] = [await start(), await start()]
  await app.stop(second)
  expect((await app.finished(second)).status).toBe('stopped')
  expect((await app.get(second)).summary.startedAt).toBeNull()
})

test('the next run starts when a run fails', async () => {
  await open(throwing)
  const [first, second] = [await start(), await start()]
  expect(await app.finished(first)).toMatchObject({ status: 'failed', epochsDone: 2, error: { code: 'engine-error' } })
  expect(await app.finished(second)).toMatchObject({ status: 'failed' })
})

test('a run that was cut off is resumed before all that wait', async () => {
  await open(endless)
  const [cutOff, waiting] = [await start(), await start()]
  await app.close()
  await open(real)
  await app.queue.hold()
  await app.adoptQueue()
  await app.resume(cutOff)
  expect((await app.queue.get()).entries.map(({ runId }) => runId)).toEqual([cutOff, waiting])
})

test('closing interrupts running runs and leaves queued runs in the queue', async () => {
  await open(endless)
  await start()
  await start()
  await app.close()
  await open(real)
  expect((await app.list()).map(({ status }) => status)).toEqual(['queued', 'interrupted'])
  const waited = (await app.adoptQueue())[0]!
  expect((await app.finished(waited)).status).toBe('done')
})
