import { afterEach, expect, test, vi } from 'vitest'
import { probeSequences } from '../../../src-main/runs/probe-sequences.ts'
import type { Training } from '../../../src-main/runs/train.ts'

afterEach(() => vi.restoreAllMocks())

/** Probes a trainer that takes 50 ms to start and the given times per sequence (ms); the last time is repeated. */
function probe(times: number[], sequences = Infinity) {
  let [now, done] = [0, 0]
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const training = {
    get done() { return done >= sequences },
    get sequencesDone() { return done },
    step: () => { now += times[Math.min(done++, times.length - 1)]! },
  } as unknown as Training
  const probed = probeSequences(() => {
    now += 50
    return training
  })
  return { ...probed, done }
}

test('trains for about 0.8 s and does not time the first three sequences', () => {
  expect(probe([90, 70, 60, 10])).toEqual({ secondsPerSequence: 0.01, secondsToStart: 0.05, seconds: 0.85, done: 61 })
})

test('the first three sequences do not count, and every later one does', () => {
  expect(probe([90, 70, 60, 10, 12], 5).secondsPerSequence).toBeCloseTo(0.011, 6)
})

test('trains at least three slow sequences, and then their mean counts', () => {
  const { secondsPerSequence, seconds, done } = probe([1000, 2000, 3000])
  expect(done).toBe(3)
  expect(secondsPerSequence).toBeCloseTo(2)
  expect(seconds).toBeCloseTo(6.05)
})

test('ends with the experiment', () => {
  const { secondsPerSequence, done } = probe([10], 2)
  expect(done).toBe(2)
  expect(secondsPerSequence).toBeCloseTo(0.01)
})
