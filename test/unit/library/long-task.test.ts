import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LibraryWork } from '../../../src-main/contract/library.ts'
import { LongTask } from '../../../src-main/library/long-task.ts'

let now = 0
beforeEach(() => {
  now = 1_000_000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
})
afterEach(() => vi.restoreAllMocks())

function newTask() {
  const published: LibraryWork[] = []
  const task = new LongTask('check', 'bytes', (work) => published.push(work))
  const reportAfter = (ms: number, done: number) => {
    now += ms
    task.report(done, 100)
  }
  return { task, published, reportAfter }
}

test('reports at most every 100 ms, with the rate and the time left', () => {
  const { published, reportAfter } = newTask()
  reportAfter(500, 10)
  reportAfter(99, 20)
  reportAfter(1, 30)
  expect(published).toEqual([
    { task: 'check', unit: 'bytes', done: 10, total: 100, rate: 20, secondsLeft: 4.5, ended: false },
    { task: 'check', unit: 'bytes', done: 30, total: 100, rate: 50, secondsLeft: 1.4, ended: false },
  ])
})

test('the end has the last numbers, also those that were not reported', () => {
  const { task, published, reportAfter } = newTask()
  reportAfter(500, 10)
  reportAfter(50, 55)
  task.end()
  expect(published.at(-1)).toMatchObject({ done: 55, total: 100, rate: 100, ended: true })
})

test('the time left is unknown before anything is done', () => {
  const { published, reportAfter } = newTask()
  reportAfter(500, 0)
  expect(published).toEqual([expect.objectContaining({ rate: 0, secondsLeft: null })])
})

test('a cancelled task ends at its next report', () => {
  const { task, published, reportAfter } = newTask()
  expect(task.cancelled).toBe(false)
  task.cancel()
  expect(task.cancelled).toBe(true)
  expect(() => reportAfter(500, 10)).toThrow(expect.objectContaining({ code: 'cancelled', message: 'The library check was cancelled.' }))
  expect(published).toEqual([])
})
