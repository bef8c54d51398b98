import { expect, test } from 'vitest'
import { Queue } from '../../../src-main/library/queue.ts'
import { Runs } from '../../../src-main/library/runs.ts'
import { addRuns, memoryLibrary } from './support.ts'

function queueOf(...runIds: string[]) {
  const db = memoryLibrary()
  addRuns(db, ...runIds)
  const queue = new Queue(db)
  return { db, queue, ids: () => queue.all().map(({ runId }) => runId) }
}

test('runs start by priority, then in the order in which they were added', () => {
  const { db, queue, ids } = queueOf('a', 'b', 'c')
  addRuns(db, 'd')
  queue.prioritise(['c', 'd'], 'high')
  queue.prioritise(['a'], 'low')
  expect(queue.all().map(({ runId, priority }) => [runId, priority])).toEqual([['c', 'high'], ['d', 'high'], ['b', 'normal'], ['a', 'low']])
  queue.prioritise(['c'], 'normal')
  expect(ids()).toEqual(['d', 'b', 'c', 'a'])
})

test('runs that are not named follow the given order, and later ones come last', () => {
  const { db, queue, ids } = queueOf('a', 'b', 'c', 'd')
  queue.order(['d', 'b'])
  addRuns(db, 'e', 'f')
  expect(ids()).toEqual(['d', 'b', 'a', 'c', 'e', 'f'])
})

test('runs that are queued again come last, or first in their order', () => {
  const { db, ids } = queueOf('a', 'b', 'c', 'd')
  const runs = new Runs(db)
  const requeue = (runIds: string[], first: boolean) => {
    for (const runId of runIds) runs.finish(runId, { status: 'paused', endedAt: '', digest: null, secondsPerSequence: null, error: null })
    runs.requeue(runIds, '2026-03-01T13:00:00.000Z', first)
  }
  requeue(['a'], false)
  expect(ids()).toEqual(['b', 'c', 'd', 'a'])
  requeue(['d', 'c'], true)
  expect(ids()).toEqual(['d', 'c', 'b', 'a'])
})

test('interrupted runs come first, whatever is queued again with them', () => {
  const { db, ids } = queueOf('a', 'b', 'c', 'd', 'e')
  const runs = new Runs(db)
  const end = (runId: string, status: 'stopped' | 'interrupted') =>
    runs.finish(runId, { status, endedAt: '', digest: null, secondsPerSequence: null, error: null })
  end('a', 'stopped')
  end('d', 'interrupted')
  end('e', 'interrupted')
  runs.requeue(['a', 'd', 'e'], '2026-03-01T13:00:00.000Z', false)
  expect(ids()).toEqual(['d', 'e', 'b', 'c', 'a'])
})

test('a run that is named twice is refused, and nothing is queued', () => {
  const { db, ids } = queueOf('a', 'b')
  const runs = new Runs(db)
  runs.finish('a', { status: 'interrupted', endedAt: '', digest: null, secondsPerSequence: null, error: null })
  expect(() => runs.requeue(['a', 'a'], '2026-03-01T13:00:00.000Z', false)).toThrow()
  expect(ids()).toEqual(['b'])
})
