import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { throttled } from '../../../../src-renderer/charts/throttle.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

it('acts at once, then once a period, and never forgets the last request', () => {
  const act = vi.fn()
  const { request } = throttled(act, 100)
  for (let i = 0; i < 5; i++) request()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(2)
})

it('does nothing any more once cancelled', () => {
  const act = vi.fn()
  const { request, cancel } = throttled(act, 100)
  request()
  request()
  cancel()
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(1)
})
