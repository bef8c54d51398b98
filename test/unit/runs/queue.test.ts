import { expect, test } from 'vitest'
import { RunQueue } from '../../../src-main/runs/queue.ts'

/** Jobs that end when told to, and the order in which they began. */
function jobs(queue: RunQueue) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (id: string) => queue.add(id, () => {
    begun.push(id)
    return new Promise((resolve) => ends.set(id, resolve))
  })
  const end = async (id: string) => {
    ends.get(id)!()
    await new Promise(setImmediate)
  }
  return { begun, add, end }
}

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
