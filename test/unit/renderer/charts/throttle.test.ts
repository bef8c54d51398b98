import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { throttled } from '../../../../src-renderer/charts/throttle.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

it('acts immediately, then once per period, and never drops the last request', () => {
  const act = vi.fn()
  const { request } = throttled(act, 100)
  for (let i = 0; i < 5; i++) request()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(2)
})

it('does nothing after it is cancelled', () => {
  const act = vi.fn()
  const { request, cancel } = throttled(act, 100)
  request()
  request()
  cancel()
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(1)
})
