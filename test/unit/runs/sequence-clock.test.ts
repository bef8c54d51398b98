import { expect, test, vi } from 'vitest'
import { SequenceClock } from '../../../src-main/runs/sequence-clock.ts'

test('takes the median of wall time without the excluded time, and passes the result on', () => {
  const clock = new SequenceClock()
  expect(clock.median()).toBeNull()
  const now = vi.spyOn(performance, 'now')
  for (const ms of [10, 1000, 30]) {
    now.mockReturnValueOnce(0).mockReturnValueOnce(ms)
    expect(clock.time(() => ms, () => ms / 2000)).toBe(ms)
  }
  expect(clock.median()).toBeCloseTo(0.015, 6)
  now.mockReturnValueOnce(0).mockReturnValueOnce(25)
  clock.time(() => 0)
  // Of 5, 15, 25 and 500 ms.
  expect(clock.median()).toBeCloseTo(0.02, 6)
  now.mockRestore()
})
