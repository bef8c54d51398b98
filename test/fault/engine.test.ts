import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { join } from 'node:path'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import type { EventPayload } from '../../src-main/contract/contract.ts'
import { MOST_PENDING } from '../../src-main/runs/engine-link.ts'
import { EngineWorkers, type EngineWorkersOptions } from '../../src-main/runs/engine-workers.ts'
import type { RunRecord } from '../../src-main/runs/messages.ts'
import { Supervisor, type SupervisorOptions } from '../../src-main/runs/supervisor.ts'
import { kernelsModule } from '../fixtures/kernels.ts'
import { busy, check, openApp, startRun, temporaryFolder } from './support.ts'

const engine = (name: string) => `test/fixtures/engine-workers/${name}.worker.ts`
const tiny = { ...busy, training: { epochs: 4 }, recording: { ...busy.recording, checkpointEvery: 1e-4 } }

type Keep = (record: RunRecord) => Promise<void>

type Options = Partial<SupervisorOptions> & EngineWorkersOptions

function supervise(worker: string, keep: Keep, { resourceLimits, ...options }: Options = {}): Supervisor {
  const task = { kind: 'run' as const, holdAt: null, runId: 'testrun00', spec: parseSpec({}, 'test'), kernels: kernelsModule, checkpoint: null }
  const file = new URL(`../fixtures/engine-workers/${worker}.worker.ts`, import.meta.url)
  const workers = new EngineWorkers(fileURLToPath(file), { resourceLimits })
  return new Supervisor(task, { workers, sink: { keep, progress: () => {}, frame: () => {} }, ...options })
}

test('fault 4: an engine that throws fails its run with a message and keeps its last checkpoint, and other runs continue', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const app = await openApp(file, { engine: engine('throws-late'), slots: 2 })
  const [first, second] = [await startRun(app, { ...tiny, name: 'throws' }), await startRun(app, tiny)]
  expect(await app.finished(first)).toMatchObject({
    status: 'failed', checkpoint: expect.any(Number), error: { code: 'engine-error', message: 'the membrane potential is no number' },
  })
  expect(await app.finished(second)).toMatchObject({ status: 'done', epochsDone: 4 })
  expect((await check(file)).findings).toEqual([])
})

test('fault 4: a failed run without a checkpoint resumes from the start, and no epoch is reported twice', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const spec = { ...tiny, name: 'throws', recording: { ...tiny.recording, checkpointEvery: 0 } }
  const failing = await openApp(file, { engine: engine('throws-late') })
  const runId = await startRun(failing, spec)
  expect(await failing.finished(runId)).toMatchObject({ status: 'failed', epochsDone: 2, checkpoint: null })
  await failing.close()
  const app = await openApp(file)
  const reported: number[] = []
  app.events.on('run.epochs', ({ metrics }) => reported.push(...metrics.map(({ epoch }) => epoch)))
  await app.resume(runId)
  expect(await app.finished(runId)).toMatchObject({ status: 'done', epochsDone: 4, error: null })
  expect(reported).toEqual([3, 4])
})

test('fault 5: a worker that exits without a report interrupts its run within a second, and the run can be resumed', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const app = await openApp(file, { engine: engine('exits') })
  const runId = await startRun(app, tiny)
  let lastHeard = Infinity
  app.events.on('run.epochs', () => { lastHeard = performance.now() })
  expect(await app.finished(runId)).toMatchObject({ status: 'interrupted', error: null })
  expect(performance.now() - lastHeard).toBeLessThan(1000)
  await app.close()
  const again = await openApp(file, { engine: engine('endless') })
  await again.resume(runId)
  expect((await again.get(runId)).summary.status).toMatch(/queued|running/)
})

test('fault 6: a worker that runs out of memory fails its run but not the application', async () => {
  // At its end Node would compile the thread's sources for the cache, for which there is no memory: it would abort this process.
  vi.stubEnv('NODE_COMPILE_CACHE', undefined)
  const end = await supervise('hoards', async () => {}, { resourceLimits: { maxOldGenerationSizeMb: 48 } }).ended
  expect(end).toMatchObject({ status: 'failed', error: { code: 'out-of-memory', message: expect.stringContaining('The engine ran out of memory.') } })
})

test('fault 8: a worker that does not yield is stopped within five seconds', async () => {
  const supervisor = supervise('deaf', async () => {})
  const began = performance.now()
  supervisor.halt('stopped')
  expect(await supervisor.ended).toMatchObject({ status: 'stopped', error: null })
  expect(performance.now() - began).toBeLessThan(5000)
})

test('fault 9: a slow disk slows the engine down, with at most two pending snapshots and constant memory', async () => {
  const held: number[] = []
  let pending = 0
  let written = 0
  const slow = async () => {
    pending++
    expect(pending).toBeLessThanOrEqual(MOST_PENDING.snapshot)
    await new Promise((resolve) => setTimeout(resolve, 10))
    pending--
    written++
    held.push(process.memoryUsage().arrayBuffers)
  }
  const supervisor = supervise('big-snapshots', slow)
  await vi.waitUntil(() => written >= 20, 20_000)
  supervisor.kill()
  await supervisor.ended
  expect(MOST_PENDING.snapshot).toBe(2)
  // 20 snapshots of 4 MB were written, but only a few were in memory at a time.
  expect(Math.max(...held) - held[0]!).toBeLessThan(40e6)
})

test('fault 10: if the library worker dies during a run, it is restarted once with a notice, and nothing acknowledged is lost', async () => {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const app = await openApp(file, { libraryWorker: 'test/fault/fixtures/mortal-library.worker.ts', retryMs: 50 })
  const notices: EventPayload<'library.notice'>[] = []
  const acknowledged: number[] = []
  app.events.on('library.notice', (notice) => notices.push(notice))
  app.events.on('run.epochs', ({ metrics }) => acknowledged.push(...metrics.map(({ epoch }) => epoch)))
  const runId = await startRun(app, { ...busy, training: { epochs: 12 } })
  expect(await app.finished(runId)).toMatchObject({ status: 'done', epochsDone: 12 })
  expect(notices.map(({ message }) => message)).toContainEqual(expect.stringContaining('was restarted'))
  const { epochs } = await app.get(runId)
  expect(epochs.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  expect(acknowledged).toEqual(epochs.map(({ epoch }) => epoch))
  expect((await check(file)).findings).toEqual([])
})
