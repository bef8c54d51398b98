import { afterEach, expect, test, vi } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { EngineWorkers, type EngineWorkersOptions } from '../../../src-main/runs/engine-workers.ts'
import { type RunSink, Supervisor, type SupervisorOptions } from '../../../src-main/runs/supervisor.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'

const started: Supervisor[] = []
afterEach(() => started.splice(0).forEach((supervisor) => supervisor.kill()))

type Options = Partial<SupervisorOptions> & EngineWorkersOptions

function supervise(worker: string, sink: Partial<RunSink> = {}, { resourceLimits, ...options }: Options = {}): Supervisor {
  const task = { kind: 'run', runId: 'testrun00', spec: parseSpec({}, 'test'), kernels: kernelsModule, checkpoint: null, holdAt: null } as const
  const supervisor = new Supervisor(task, {
    workers: new EngineWorkers(new URL(`../../fixtures/engine-workers/${worker}.worker.ts`, import.meta.url), { resourceLimits }),
    sink: { keep: async () => {}, progress: () => {}, frame: () => {}, ...sink },
    ...options,
  })
  started.push(supervisor)
  return supervisor
}

test('an engine that throws fails the run with its message, and earlier results are saved', async () => {
  const keep = vi.fn(async () => {})
  const end = await supervise('throws', { keep }).ended
  expect(end).toMatchObject({ status: 'failed', error: { code: 'engine-error', message: 'the membrane potential is no number' } })
  expect(keep).toHaveBeenCalledTimes(2)
})

test('a worker that exits without a report interrupts the run', async () => {
  expect(await supervise('exits').ended).toEqual({ status: 'interrupted', digest: null, secondsPerSequence: null, error: null })
})

test('a worker that cannot be started fails the run', async () => {
  expect(await supervise('no-such').ended).toMatchObject({ status: 'failed', error: { code: 'engine-error' } })
})

test('a worker that runs out of memory fails the run but not this process', async () => {
  // At its end Node would compile the thread's sources for the cache, for which there is no memory: it would abort this process.
  vi.stubEnv('NODE_COMPILE_CACHE', undefined)
  const end = await supervise('hoards', {}, { resourceLimits: { maxOldGenerationSizeMb: 48 } }).ended
  expect(end).toMatchObject({ status: 'failed', error: { code: 'out-of-memory' } })
})

test('kernels that cannot allocate memory fail the run as out of memory', async () => {
  expect(await supervise('starves').ended).toMatchObject({ status: 'failed', error: { code: 'out-of-memory' } })
})

test('a stop takes effect between two sequences', async () => {
  const supervisor = supervise('endless', { keep: async () => supervisor.halt('stopped') })
  expect(await supervisor.ended).toMatchObject({ status: 'stopped', error: null, secondsPerSequence: expect.any(Number) })
})

test('a worker that is done but does not exit does not block the end', async () => {
  const supervisor = supervise('lingers', {}, { patience: 200 })
  const first = await Promise.race([supervisor.ended, new Promise((resolve) => setTimeout(resolve, 4000, 'still waiting'))])
  expect(first).toMatchObject({ status: 'done', digest: 'd' })
})

test('a worker that does not react is terminated after the timeout', async () => {
  const supervisor = supervise('deaf', {}, { patience: 300 })
  supervisor.halt('stopped')
  expect(await supervisor.ended).toMatchObject({ status: 'stopped', error: null })
})

test('a result that cannot be saved fails the run', async () => {
  const end = await supervise('endless', { keep: async () => { throw new Error('disk full') } }).ended
  expect(end).toMatchObject({ status: 'failed', error: { code: 'not-kept', message: 'A result could not be saved. disk full' } })
})

test('a third snapshot is sent only after one of two was written', async () => {
  const written: (() => void)[] = []
  let received = 0
  supervise('snapshots', {
    keep: () => {
      received++
      return new Promise((resolve) => written.push(resolve))
    },
  })
  await vi.waitUntil(() => received === 2, 5000)
  await quiet()
  expect(received).toBe(2)
  written[0]!()
  await vi.waitUntil(() => received === 3, 5000)
  await quiet()
  expect(received).toBe(3)
})

test('a stop gets through while snapshots wait for a slow disk', async () => {
  const written: (() => void)[] = []
  const supervisor = supervise('snapshots', { keep: () => new Promise((resolve) => written.push(resolve)) })
  await vi.waitUntil(() => written.length === 2, 5000)
  // The third snapshot exists by now and waits.
  await quiet()
  supervisor.halt('stopped')
  await vi.waitUntil(() => written.length === 3, 5000)
  written.forEach((done) => done())
  expect(await supervisor.ended).toMatchObject({ status: 'stopped', secondsPerSequence: expect.any(Number) })
})

const quiet = () => new Promise((resolve) => setTimeout(resolve, 200))
