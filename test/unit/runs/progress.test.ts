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

test('the rate excludes the time until the engine is ready, and the first sequence', () => {
  const meter = new ProgressMeter('run', 100)
  meter.record(0, 0)
  meter.record(0, 900)
  meter.record(1, 1900)
  expect(meter.progress).toMatchObject({ sequencesPerSecond: 0, secondsLeft: null })
  meter.record(11, 2900)
  expect(meter.progress.sequencesPerSecond).toBeCloseTo(10)
})

/** Reports of two presets as measured: [time (ms), sequences done]. Their last line is the end of the run. */
const measured = {
  'fp32': [[240, 0], [280, 1], [610, 418], [730, 696], [750, 750]],
  'mixed precision': [[630, 0], [740, 1], [1410, 67], [2170, 125], [2340, 153], [2520, 171], [2660, 181], [5390, 415], [8710, 750]],
} as const

test.each(Object.entries(measured))('the first time left of %s is within a factor of 2', (_, reports) => {
  const meter = new ProgressMeter('run', 750)
  const end = reports.at(-1)![0]
  const ratios = reports.slice(0, -1).flatMap(([at, done]) => {
    meter.record(done, at)
    const { secondsLeft } = meter.progress
    return secondsLeft === null ? [] : [1000 * secondsLeft / (end - at)]
  })
  for (const ratio of ratios) expect(Math.abs(Math.log2(ratio))).toBeLessThan(1)
})

test('a resumed run does not count its first sequence either', () => {
  const meter = new ProgressMeter('run', 1000)
  meter.record(500, 0)
  meter.record(500, 100)
  meter.record(501, 300)
  expect(meter.progress.secondsLeft).toBeNull()
  meter.record(601, 1300)
  expect(meter.progress.secondsLeft).toBeCloseTo(3.99)
})

test('a waiting run has no rate, and its rate afterwards excludes the wait', () => {
  const meter = new ProgressMeter('run', 1000)
  for (let second = 0; second <= 4; second++) meter.record(100 * second, 1000 * second)
  meter.wait('The disk is full')
  expect(meter.progress).toMatchObject({ sequencesDone: 400, sequencesPerSecond: 0, secondsLeft: null })
  meter.wait(null)
  expect(meter.progress.secondsLeft).toBeNull()
  meter.record(400, 64_000)
  meter.record(500, 65_000)
  meter.record(600, 66_000)
  expect(meter.progress.sequencesPerSecond).toBeCloseTo(100)
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

test('the time left of a run that waits for its round ends there', () => {
  const meter = new ProgressMeter('run', 1000)
  meter.until = 300
  for (let second = 0; second <= 2; second++) meter.record(100 * second, 1000 * second)
  expect(meter.progress).toMatchObject({ sequences: 1000, secondsLeft: 1 })
})

test('shows why the run waits until it continues', () => {
  const meter = new ProgressMeter('run', 3)
  expect(meter.progress.waiting).toBeNull()
  meter.wait('The disk is full')
  expect(meter.progress.waiting).toBe('The disk is full')
  meter.wait(null)
  expect(meter.progress.waiting).toBeNull()
})
