import { expect, test } from 'vitest'
import { remainingTime } from '../../../src-main/cli/remaining-time.ts'

test('the time left follows from arms of the same search that were searched since the start', () => {
  let clock = 0
  const remaining = remainingTime(() => clock)
  const after = (seconds: number, done: number, of: number) => {
    clock += 1000 * seconds
    return remaining({ done, of })
  }
  expect(after(1, 1, 4), 'searched before').toBe('')
  expect(after(600, 2, 4)).toBe(' The others will take about 20 min 00 s.')
  expect(after(300, 3, 4)).toBe(' The others will take about 7 min 30 s.')
  expect(after(300, 4, 4)).toBe('')
  expect(after(60, 1, 3), 'a smaller search').toBe(' The others will take about 2 min 00 s.')
})
