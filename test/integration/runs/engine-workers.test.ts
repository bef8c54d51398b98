import { threadId } from 'node:worker_threads'
import { expect, onTestFinished, test, vi } from 'vitest'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import { EngineWorkers } from '../../../src-main/runs/engine-workers.ts'
import type { EngineTask } from '../../../src-main/runs/messages.ts'
import { type RunSink, Supervisor } from '../../../src-main/runs/supervisor.ts'
import { builtFile } from '../../fixtures/built.ts'
import { kernelsModule } from '../../fixtures/kernels.ts'

const tiny = {
  task: { kind: 'sinusoids', patterns: 1, steps: 10, inputChannels: 2 }, network: { recurrentNeurons: 3 }, scheme: { kind: 'fp32' },
} as const

const taskOf = (seed: number, epochs = 2): EngineTask => ({
  kind: 'run', runId: 'run00001', spec: parseSpec({ ...tiny, seed, training: { epochs } }, 'test'), kernels: kernelsModule, checkpoint: null, holdAt: null,
})

/** Real workers, and the threads in which their runs were started. */
function workersOf(file = builtFile('runs/engine.worker'), idleMs = 60_000) {
  const workers = new EngineWorkers(file, { idleMs })
  onTestFinished(() => workers.close())
  const threads: number[] = []
  const start = workers.start.bind(workers)
  vi.spyOn(workers, 'start').mockImplementation((task) => {
    const worker = start(task)
    threads.push(worker.threadId)
    return worker
  })
  const supervise = (task: EngineTask, sink: Partial<RunSink> = {}) =>
    new Supervisor(task, { workers, sink: { keep: async () => {}, progress: () => {}, frame: () => {}, ...sink } })
  return { workers, threads, supervise }
}

test('a run uses the worker of the run before it, with the same bits as in a new one', async () => {
  const { threads, supervise } = workersOf()
  const reused = [await supervise(taskOf(1)).ended, await supervise(taskOf(2)).ended, await supervise(taskOf(1)).ended]
  expect(reused.map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  expect(new Set(threads).size).toBe(1)
  expect(threads[0]).not.toBe(threadId)
  const fresh = await workersOf().supervise(taskOf(2)).ended
  expect(reused[1]!.digest).toBe(fresh.digest)
  expect(reused[2]!.digest).toBe(reused[0]!.digest)
  expect(reused[0]!.digest).not.toBe(reused[1]!.digest)
})

test('runs at the same time have their own workers', async () => {
  const { threads, supervise } = workersOf()
  await Promise.all([supervise(taskOf(1)).ended, supervise(taskOf(2)).ended])
  expect(new Set(threads).size).toBe(2)
  await Promise.all([supervise(taskOf(1)).ended, supervise(taskOf(2)).ended])
  expect(new Set(threads).size).toBe(2)
})

test('a halted run leaves its worker to the next run, which is not halted', async () => {
  const { threads, supervise } = workersOf()
  const halted = supervise(taskOf(1, 100_000), { progress: (done) => { if (done >= 0) halted.halt('paused') } })
  expect(await halted.ended).toMatchObject({ status: 'paused' })
  expect(await supervise(taskOf(1)).ended).toMatchObject({ status: 'done' })
  expect(new Set(threads).size).toBe(1)
})

test('a worker is taken back only after the last result of its run is saved', async () => {
  const { threads, supervise } = workersOf()
  const saved: (() => void)[] = []
  const slow = supervise(taskOf(1), { keep: () => new Promise((resolve) => saved.push(resolve)) })
  await vi.waitUntil(() => saved.length >= 2, 10_000)
  const other = supervise(taskOf(2))
  await other.ended
  saved.forEach((resolve) => resolve())
  await slow.ended
  expect(new Set(threads).size).toBe(2)
})

test.each(['throws', 'exits', 'starves'])('a worker that ends badly is not used again: %s', async (fixture) => {
  const { threads, supervise } = workersOf(new URL(`../../fixtures/engine-workers/${fixture}.worker.ts`, import.meta.url))
  for (let run = 0; run < 2; run++) expect((await supervise(taskOf(1)).ended).status).toMatch(/failed|interrupted/)
  expect(new Set(threads).size).toBe(2)
})

test('a run whose result cannot be saved ends its worker', async () => {
  const { threads, supervise } = workersOf()
  const keep = async () => { throw new Error('disk full') }
  expect(await supervise(taskOf(1), { keep }).ended).toMatchObject({ status: 'failed', error: { code: 'not-kept' } })
  expect(await supervise(taskOf(1)).ended).toMatchObject({ status: 'done' })
  expect(new Set(threads).size).toBe(2)
})

test('an idle worker ends after a while', async () => {
  const { threads, supervise } = workersOf(undefined, 1)
  await supervise(taskOf(1)).ended
  await new Promise((resolve) => { setTimeout(resolve, 50) })
  await supervise(taskOf(1)).ended
  expect(new Set(threads).size).toBe(2)
})
