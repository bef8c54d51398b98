import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workEstimate } from '../../../src-engine/experiment/estimate.ts'
import { type SpecInput, specSchema } from '../../../src-engine/experiment/spec.ts'
import type { Timing } from '../../../src-main/library/library.ts'
import { Timings } from '../../../src-main/runs/timing.ts'

const environment = {
  application: '0.1.0', node: '24', electron: null, v8: '13', sqlite: '3', os: 'Linux', cpu: 'this one', cores: 2, engineDigest: 'ab',
}
const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + 1000 * second).toISOString()

/** A run of 100 sequences that started at `from` and took `seconds`. */
const timing = (spec: SpecInput, seconds: number, from = 0, some: Partial<Timing> = {}): Timing => ({
  spec: specSchema.parse(spec), environment, sequences: 100, secondsPerSequence: (seconds - 0.4) / 100,
  startedAt: at(from), endedAt: at(from + seconds), secondsComputed: null, ...some,
})
const mixed = (neurons: number): SpecInput => ({ scheme: { kind: 'mixed-precision' }, network: { recurrentNeurons: neurons } })
const expectation = (timings: Timing[], spec: SpecInput, concurrency = 1) =>
  new Timings(timings, environment).expect(specSchema.parse(spec), concurrency)

test('expects a run to take as long as the last of its kind, in proportion to its work', () => {
  fc.assert(fc.property(fc.integer({ min: 40, max: 200 }), fc.double({ min: 5, max: 100, noNaN: true }), (neurons, seconds) => {
    const expected = expectation([timing(mixed(100), seconds)], mixed(neurons))!
    const ratio = workEstimate(specSchema.parse(mixed(neurons))) / workEstimate(specSchema.parse(mixed(100)))
    expect(expected.secondsPerSequence * 100).toBeCloseTo(ratio * (seconds - 0.4), 1)
  }))
})

test('expects nothing for another scheme, machine or concurrency, or for a much larger run', () => {
  const stored = [timing(mixed(100), 50)]
  expect(expectation(stored, { scheme: { kind: 'sign' } })).toBeNull()
  expect(expectation(stored, mixed(100), 2)).toBeNull()
  expect(expectation(stored, mixed(2000))).toBeNull()
  expect(expectation([timing(mixed(100), 50, 0, { environment: { ...environment, cpu: 'another' } })], mixed(100))).toBeNull()
})

test('simultaneous runs count for a concurrency of two, consecutive runs for one', () => {
  const together = [timing(mixed(100), 50), timing(mixed(100), 50)]
  expect(expectation(together, mixed(100), 2)).toMatchObject({ count: 2 })
  expect(expectation(together, mixed(100), 1)).toBeNull()
  expect(expectation([timing(mixed(100), 50), timing(mixed(100), 50, 50)], mixed(100), 1)).toMatchObject({ count: 2 })
})

test('a run of similar size has more weight than one of another size', () => {
  const stored = [timing(mixed(100), 50), timing(mixed(400), 5000, 100)]
  const alone = expectation(stored.slice(0, 1), mixed(100))!.secondsPerSequence
  expect(expectation(stored, mixed(100))!.secondsPerSequence / alone).toBeLessThan(1.5)
})

test('uses a default spread for one or two runs', () => {
  expect(expectation([timing(mixed(100), 50), timing(mixed(100), 50, 100)], mixed(100))!.spread).toBe(0.2)
})

test('fault 47: a run during which the clock was set does not count', () => {
  const back = timing(mixed(100), 50, 0, { endedAt: at(-3600), secondsComputed: 50 })
  const ahead = timing(mixed(100), 50, 0, { endedAt: at(1e8), secondsComputed: 50 })
  const older = timing(mixed(100), 50, 0, { endedAt: at(-3600) })
  for (const disturbed of [back, ahead, older]) expect(expectation([disturbed], mixed(100))).toBeNull()
})

test('runs that differ much widen the estimate, and a pause in a run does not lengthen it', () => {
  const alike = [0, 100, 200, 300].map((from) => timing(mixed(100), 50, from))
  const unlike = [20, 40, 80, 160].map((seconds, index) => timing(mixed(100), seconds, 200 * index))
  expect(expectation(alike, mixed(100))!.spread).toBe(0.05)
  expect(expectation(unlike, mixed(100))!.spread).toBeGreaterThan(0.5)
  const paused = timing(mixed(100), 50, 0, { endedAt: at(5000) })
  expect(expectation([paused], mixed(100))!.secondsPerSequence).toBeLessThan(0.9)
})

test('a run that was paused counts with its computed time, and not at all where its company is not known', () => {
  const done = (seconds: number, from: number, until: number) =>
    timing(mixed(100), seconds, from, { endedAt: at(until), secondsComputed: seconds })
  // Two workers: both first runs are paused for an hour, and the first one ends after the other runs.
  const sweep = [done(50, 0, 3750), done(50, 0, 3700), done(50, 3600, 3650), done(50, 3600, 3650), done(50, 3650, 3700)]
  expect(expectation(sweep, mixed(100), 2)).toMatchObject({ count: 2 })
  expect(expectation(sweep, mixed(100), 3)).toBeNull()
  expect(expectation([timing(mixed(100), 50.5, 0, { secondsComputed: 50 })], mixed(100))).toMatchObject({ count: 1 })
})

test('the time around the sequences is measured, unless it is negative or too long', () => {
  const around = (seconds: number, secondsPerSequence: number) =>
    expectation([timing(mixed(100), seconds, 0, { secondsPerSequence })], mixed(100))!.secondsAround
  expect(around(50, 0.498)).toBeCloseTo(0.2)
  expect(around(83, 0.5)).toBeCloseTo(3)
  expect(around(90, 0.5)).toBe(0.4)
  expect(around(50, 0.6)).toBe(0.4)
})

test('the weight of a run falls with the square of the ratio of its work, up or down', () => {
  const other = (neurons: number) => timing(mixed(neurons), 83, 100, { secondsPerSequence: 0.5 })
  for (const neurons of [60, 200]) {
    const ratio = workEstimate(specSchema.parse(mixed(neurons))) / workEstimate(specSchema.parse(mixed(100)))
    const weight = Math.min(ratio, 1 / ratio) ** 2
    const expected = expectation([timing(mixed(100), 50, 0, { secondsPerSequence: 0.498 }), other(neurons)], mixed(100))!
    expect(expected.secondsAround).toBeCloseTo((0.2 + 3 * weight) / (1 + weight))
  }
})

test('a run counts for another of up to twenty times its work', () => {
  const ratio = (neurons: number) => workEstimate(specSchema.parse(mixed(neurons))) / workEstimate(specSchema.parse(mixed(60)))
  let neurons = 60
  while (ratio(neurons + 1) < 20) neurons++
  expect(expectation([timing(mixed(60), 50)], mixed(neurons))).not.toBeNull()
  expect(expectation([timing(mixed(60), 50)], mixed(neurons + 1))).toBeNull()
  expect(expectation([timing(mixed(neurons), 50)], mixed(60))).not.toBeNull()
  expect(expectation([timing(mixed(neurons + 1), 50)], mixed(60))).toBeNull()
})

test('runs that overlap for part of their time count for the nearest concurrency', () => {
  const overlapping = (seconds: number) => [timing(mixed(100), 50), timing(mixed(100), 50, 50 - seconds)]
  expect(expectation(overlapping(20), mixed(100), 1)).toMatchObject({ count: 2 })
  expect(expectation(overlapping(20), mixed(100), 2)).toBeNull()
  expect(expectation(overlapping(30), mixed(100), 2)).toMatchObject({ count: 2 })
  expect(expectation(overlapping(30), mixed(100), 1)).toBeNull()
})

test('three runs are enough to measure the spread', () => {
  expect(expectation([0, 100, 200].map((from) => timing(mixed(100), 50, from)), mixed(100))!.spread).toBe(0.05)
})
