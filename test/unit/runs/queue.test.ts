import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RunQueue } from '../../../src-main/runs/queue.ts'
import type { Priority } from '../../../src-main/contract/sweep.ts'

/** Jobs that end when told to, and the order in which they began. */
function jobs(queue: RunQueue) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (id: string, priority: Priority = 'normal', first = false) => queue.add({ id, priority }, () => {
    begun.push(id)
    return new Promise((resolve) => ends.set(id, resolve))
  }, first)
  const end = async (id: string) => {
    ends.get(id)!()
    await new Promise(setImmediate)
  }
  return { begun, add, end }
}

const waitingIn = (queue: RunQueue) => queue.waiting.map(({ id }) => id)

test('runs first in, first out, as many at a time as there are slots', async () => {
  const { begun, add, end } = jobs(new RunQueue(2))
  for (const id of ['a', 'b', 'c', 'd']) add(id)
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  await end('a')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('a job can be taken out until it begins', async () => {
  const queue = new RunQueue(1)
  const { begun, add, end } = jobs(queue)
  for (const id of ['a', 'b', 'c']) add(id)
  expect(queue.remove('a')).toBe(false)
  expect(queue.remove('b')).toBe(true)
  await end('a')
  expect(begun).toEqual(['a', 'c'])
})

test('a held queue begins nothing, and one that is released does at once', async () => {
  const queue = new RunQueue(1, { held: true })
  const { begun, add } = jobs(queue)
  add('a')
  add('b')
  expect(begun).toEqual([])
  queue.held = false
  expect(begun).toEqual(['a'])
})

test('more slots begin more; with fewer those that run go on', async () => {
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

test('what is put first goes before those of its priority, not before higher ones', () => {
  const queue = new RunQueue(0)
  const { add } = jobs(queue)
  add('a')
  add('b', 'high')
  add('c', 'normal', true)
  expect(waitingIn(queue)).toEqual(['b', 'c', 'a'])
})

test('an order is kept within priorities; what it does not name comes behind, as it was', () => {
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

test('whatever changes is told', async () => {
  let told = 0
  const queue = new RunQueue(1, { changed: () => { told++ } })
  const { add, end } = jobs(queue)
  const after = async (act: () => unknown) => {
    const before = told
    await act()
    return told > before
  }
  expect(await after(() => add('a'))).toBe(true)
  expect(await after(() => add('b'))).toBe(true)
  expect(await after(() => queue.order(['b']))).toBe(true)
  expect(await after(() => queue.prioritise(['b'], 'low'))).toBe(true)
  expect(await after(() => { queue.held = true })).toBe(true)
  expect(await after(() => queue.remove('b'))).toBe(true)
  expect(await after(() => end('a'))).toBe(true)
})
