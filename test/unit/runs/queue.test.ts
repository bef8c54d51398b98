import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Job, RunQueue } from '../../../src-main/runs/queue.ts'
import type { Priority } from '../../../src-main/contract/sweep.ts'

/** Jobs that end on request, and the order in which they started. */
function jobs(queue: RunQueue) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (id: string, priority: Priority = 'normal', first = false) => queue.add([job(id, priority)], first)
  const job = (id: string, priority: Priority = 'normal'): Job => ({ id, priority, run: () => {
    begun.push(id)
    return new Promise((resolve) => ends.set(id, resolve))
  } })
  const end = async (id: string) => {
    ends.get(id)!()
    await new Promise(setImmediate)
  }
  return { begun, job, add, end }
}

const waitingIn = (queue: RunQueue) => queue.waiting.map(({ id }) => id)

test('runs jobs first in, first out, one per slot', async () => {
  const { begun, add, end } = jobs(new RunQueue(2))
  for (const id of ['a', 'b', 'c', 'd']) add(id)
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  await end('a')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('removes a job only before it starts', async () => {
  const queue = new RunQueue(1)
  const { begun, add, end } = jobs(queue)
  for (const id of ['a', 'b', 'c']) add(id)
  expect(queue.remove(['a', 'b', 'x'])).toEqual(['b'])
  expect(queue.remove(['b'])).toEqual([])
  await end('a')
  expect(begun).toEqual(['a', 'c'])
})

test('starts nothing while on hold, and starts at once when released', async () => {
  const queue = new RunQueue(1, { held: true })
  const { begun, add } = jobs(queue)
  add('a')
  add('b')
  expect(begun).toEqual([])
  queue.held = false
  expect(begun).toEqual(['a'])
})

test('starts more jobs with more slots, and lets running jobs continue with fewer', async () => {
  const queue = new RunQueue(1)
  const { begun, add, end } = jobs(queue)
  for (const id of ['a', 'b', 'c', 'd']) add(id)
  queue.slots = 3
  expect(begun).toEqual(['a', 'b', 'c'])
  queue.slots = 1
  await end('a')
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  await end('c')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('puts several jobs first in their order', () => {
  const queue = new RunQueue(0)
  const { add, job } = jobs(queue)
  add('a')
  queue.add([job('b'), job('c'), job('d', 'low')], true)
  expect(waitingIn(queue)).toEqual(['b', 'c', 'a', 'd'])
})

test('puts a job first among those of its priority, but not before higher priorities', () => {
  const queue = new RunQueue(0)
  const { add } = jobs(queue)
  add('a')
  add('b', 'high')
  add('c', 'normal', true)
  expect(waitingIn(queue)).toEqual(['b', 'c', 'a'])
})

test('keeps a given order within priorities, followed by unlisted jobs in their old order', () => {
  const priorities = ['high', 'normal', 'low'] as const
  fc.assert(fc.property(
    fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 12 }),
    fc.func(fc.constantFrom(...priorities)), fc.func(fc.nat()),
    (ids, priorityOf, rankOf) => {
      const queue = new RunQueue(0)
      const { add } = jobs(queue)
      for (const id of ids) add(id)
      const order = ids.filter((id) => rankOf(id) % 2 === 0).sort((a, b) => rankOf(a) - rankOf(b))
      const unnamed = ids.filter((id) => !order.includes(id))
      queue.order(order)
      for (const priority of priorities) queue.prioritise(ids.filter((id) => priorityOf(id) === priority), priority)
      const wanted = priorities.flatMap((priority) => [...order, ...unnamed].filter((id) => priorityOf(id) === priority))
      expect(waitingIn(queue)).toEqual(wanted)
    },
  ))
})

test('reports every change', async () => {
  let changes = 0
  const queue = new RunQueue(1, { changed: () => { changes++ } })
  const { add, end } = jobs(queue)
  const after = async (act: () => unknown) => {
    const before = changes
    await act()
    return changes > before
  }
  expect(await after(() => add('a'))).toBe(true)
  expect(await after(() => add('b'))).toBe(true)
  expect(await after(() => queue.order(['b']))).toBe(true)
  expect(await after(() => queue.prioritise(['b'], 'low'))).toBe(true)
  expect(await after(() => { queue.held = true })).toBe(true)
  expect(await after(() => queue.remove(['b']))).toBe(true)
  expect(await after(() => end('a'))).toBe(true)
})

test('a guest starts in a slot that no run needs, also while the queue is on hold', async () => {
  const queue = new RunQueue(1)
  const { begun, add, end } = jobs(queue)
  for (const id of ['a', 'b']) add(id)
  let guests = 0
  const leave = Promise.withResolvers<string>()
  const visit = () => queue.asGuest(() => {
    guests++
    return leave.promise
  })
  const [first, second] = [visit(), visit()]
  await end('a')
  expect([begun, guests]).toEqual([['a', 'b'], 0])
  queue.held = true
  add('c')
  await end('b')
  expect([begun, guests]).toEqual([['a', 'b'], 1])
  queue.held = false
  expect(begun).toEqual(['a', 'b'])
  leave.resolve('done')
  expect(await first).toBe('done')
  await new Promise(setImmediate)
  await end('c')
  expect([begun, guests, await second]).toEqual([['a', 'b', 'c'], 2, 'done'])
})

test('the error of a guest is its own, and its slot is free again', async () => {
  const queue = new RunQueue(1)
  await expect(queue.asGuest(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  const { begun, add } = jobs(queue)
  add('a')
  expect(begun).toEqual(['a'])
})
