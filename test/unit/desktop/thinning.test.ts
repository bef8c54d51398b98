import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createThinner } from '../../../src-main/desktop/thinning.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

test('passes on only the newest payload of each key per interval', () => {
  const passed: string[] = []
  const thinner = createThinner(250, (payload: string) => passed.push(payload))
  for (let i = 0; i < 100; i++) thinner.offer('a', `a${i}`)
  thinner.offer('b', 'b0')
  expect(passed).toEqual([])
  vi.advanceTimersByTime(250)
  expect(passed).toEqual(['a99', 'b0'])
})

test('passes on a steady stream once per interval', () => {
  const passed: number[] = []
  const thinner = createThinner(250, (payload: number) => passed.push(payload))
  for (let ms = 0; ms < 1000; ms += 10) {
    thinner.offer('a', ms)
    vi.advanceTimersByTime(10)
  }
  expect(passed).toEqual([240, 490, 740, 990])
})

test('flush passes on at once, and nothing twice', () => {
  const passed: number[] = []
  const thinner = createThinner(250, (payload: number) => passed.push(payload))
  thinner.offer('a', 1)
  thinner.flush()
  vi.advanceTimersByTime(1000)
  expect(passed).toEqual([1])
})
