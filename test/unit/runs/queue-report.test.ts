import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ActiveRun } from '../../../src-main/runs/active-run.ts'
import type { Estimates } from '../../../src-main/runs/estimates.ts'
import { RunQueue } from '../../../src-main/runs/queue.ts'
import { createQueueReport } from '../../../src-main/runs/queue-report.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

/** A report of a queue on hold with some runs; the time of each is its place, and that of the first is unknown. */
function reportOf(runs: number, closed = false) {
  const queue = new RunQueue(2, { held: true })
  const active = new Map<string, ActiveRun>()
  for (let index = 0; index < runs; index++) {
    active.set(`run${index}`, { remaining: async () => ({}) } as ActiveRun)
    queue.add([{ id: `run${index}`, priority: 'normal', run: async () => {} }])
  }
  const asked: number[] = []
  const estimates = {
    each: async (jobs: unknown[], atOnce: number) => {
      asked.push(atOnce)
      if (closed) throw new Error('closed')
      return jobs.map((_, index) => index || null)
    },
  } as unknown as Estimates
  const emitted: unknown[] = []
  const emit = (_: unknown, state: unknown) => { emitted.push(state) }
  const report = createQueueReport({ queue, active, estimates, emit } as never)
  return { report, asked, emitted }
}

test('the queue has its runs in order with their times, which depend on how many run at once', async () => {
  const { report, asked } = reportOf(3)
  expect(await report.state()).toMatchObject({
    held: true, workers: 2,
    entries: [
      { runId: 'run0', priority: 'normal', seconds: null }, { runId: 'run1', priority: 'normal', seconds: 1 },
      { runId: 'run2', priority: 'normal', seconds: 2 },
    ],
  })
  await reportOf(1).report.state()
  expect(asked).toEqual([2])
})

test('an empty queue needs no times', async () => {
  const { report, asked } = reportOf(0)
  expect((await report.state()).entries).toEqual([])
  expect(asked).toEqual([])
})

test('all changes within 50 ms give one event, and later ones another', async () => {
  const { report, emitted } = reportOf(3)
  report.publish()
  report.publish()
  await vi.advanceTimersByTimeAsync(49)
  expect(emitted).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(emitted).toHaveLength(1)
  report.publish()
  await vi.advanceTimersByTimeAsync(50)
  expect(emitted).toHaveLength(2)
})

test('events of a long queue are further apart', async () => {
  const { report, emitted } = reportOf(2000)
  report.publish()
  await vi.advanceTimersByTimeAsync(199)
  expect(emitted).toHaveLength(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(emitted).toHaveLength(1)
})

test('a library that was closed meanwhile gives no event', async () => {
  const { report, emitted } = reportOf(1, true)
  report.publish()
  await vi.advanceTimersByTimeAsync(50)
  expect(emitted).toEqual([])
})
