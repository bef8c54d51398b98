import { expect, test } from 'vitest'
import { ProgressMeter } from '../../../src-main/runs/progress.ts'

test('the rate is unknown until there are two samples', () => {
  const meter = new ProgressMeter('run', 100)
  expect(meter.progress).toMatchObject({ sequencesDone: 0, sequencesPerSecond: 0, secondsLeft: null })
  meter.record(0, 1000)
  expect(meter.progress.secondsLeft).toBeNull()
})

test('the rate covers the last seconds, not the whole run', () => {
  const meter = new ProgressMeter('run', 1000)
  meter.record(0, 0)
  for (let second = 1; second <= 10; second++) meter.record(second, 1000 * second)
  for (let second = 11; second <= 20; second++) meter.record(10 + 20 * (second - 10), 1000 * second)
  expect(meter.progress.sequencesPerSecond).toBeCloseTo(20)
  expect(meter.progress.secondsLeft).toBeCloseTo((1000 - 210) / 20)
})

test('the rate excludes the time until the engine is ready', () => {
  const meter = new ProgressMeter('run', 100)
  meter.record(0, 0)
  meter.record(0, 900)
  meter.record(1, 1000)
  expect(meter.progress.sequencesPerSecond).toBeCloseTo(10)
})

test('the rate covers five seconds, slow and fast ones alike', () => {
  const meter = new ProgressMeter('run', 1000)
  for (let second = 0; second <= 10; second++) meter.record(second, 1000 * second)
  meter.record(30, 11_000)
  meter.record(50, 12_000)
  expect(meter.progress).toMatchObject({ runId: 'run', sequencesDone: 50, sequences: 1000 })
  expect(meter.progress.sequencesPerSecond).toBeCloseTo((50 - 7) / 5)
})

test('a sequence that takes longer than five seconds has a rate', () => {
  const meter = new ProgressMeter('run', 3)
  meter.record(0, 0)
  meter.record(1, 20_000)
  meter.record(2, 40_000)
  expect(meter.progress.sequencesPerSecond).toBeCloseTo(1 / 20)
  expect(meter.progress.secondsLeft).toBeCloseTo(20)
})

test('shows why the run waits until it continues', () => {
  const meter = new ProgressMeter('run', 3)
  expect(meter.progress.waiting).toBeNull()
  meter.wait('The disk is full')
  expect(meter.progress.waiting).toBe('The disk is full')
  meter.wait(null)
  expect(meter.progress.waiting).toBeNull()
})
