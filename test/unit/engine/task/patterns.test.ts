import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { makePatterns } from '../../../../src-engine/task/patterns.ts'

const taskOf = (task: object) => parseSpec({ task }, 'test').task
const signal = (samples: number[], settings: object = {}) => taskOf({ kind: 'signal', file: 'x.csv', samples, ...settings })

describe('sinusoid patterns', () => {
  it('have a largest magnitude of 1, the given input rate and a different course for each pattern', () => {
    fc.assert(fc.property(fc.nat(), (seed) => {
      const patterns = makePatterns(taskOf({ kind: 'sinusoids' }), seed)
      for (const { target, input } of patterns) {
        expect(target.reduce((most, y) => Math.max(most, Math.abs(y)), 0)).toBe(1)
        // 100 channels at 50 Hz for 1 s
        expect(Math.abs(input.spikes - 5000)).toBeLessThan(5 * Math.sqrt(5000))
      }
      expect(patterns[0]!.target).not.toEqual(patterns[1]!.target)
    }), { numRuns: 20 })
  })

  it('contain the given frequencies and no others', () => {
    const { target } = makePatterns(taskOf({ kind: 'sinusoids', frequencies: [3], patterns: 1 }), 1)[0]!
    const power = (frequency: number) => {
      let [a, b] = [0, 0]
      target.forEach((y, t) => {
        a += y * Math.cos((2 * Math.PI * frequency * t) / 1000)
        b += y * Math.sin((2 * Math.PI * frequency * t) / 1000)
      })
      return Math.hypot(a, b) / 500
    }
    expect(power(3)).toBeCloseTo(1, 3)
    expect(power(2)).toBeLessThan(1e-3)
  })

  it('have the same input for a seed when other parts of the task change', () => {
    const first = makePatterns(taskOf({ kind: 'sinusoids', patterns: 1 }), 8)[0]!
    const second = makePatterns(taskOf({ kind: 'sinusoids', patterns: 4, frequencies: [7] }), 8)[0]!
    expect(second.input.toPairs()).toEqual(first.input.toPairs())
  })
})

describe('an imported signal', () => {
  it('keeps its ends and straight lines when resampled', () => {
    const ramp = Array.from({ length: 37 }, (_, k) => 5 + 2 * k)
    const { target } = makePatterns(signal(ramp, { normalise: 'none', steps: 101 }), 1)[0]!
    target.forEach((y, t) => expect(y).toBeCloseTo(5 + (72 * t) / 100, 10))
  })

  it.each([
    ['centre', { mean: 0, largest: 1 }], ['max-abs', { mean: null, largest: 1 }],
  ])('is normalised by "%s"', (normalise, { mean, largest }) => {
    const samples = Array.from({ length: 200 }, (_, k) => 300 + 20 * Math.sin(k / 10) + k / 5)
    const { target } = makePatterns(signal(samples, { normalise, steps: 200 }), 1)[0]!
    expect(target.reduce((most, y) => Math.max(most, Math.abs(y)), 0)).toBeCloseTo(largest, 12)
    if (mean !== null) expect(target.reduce((sum, y) => sum + y, 0) / 200).toBeCloseTo(mean, 12)
  })

  it('has a mean of 0 and a deviation of 1 with "standard", and a constant signal stays finite', () => {
    const { target } = makePatterns(signal([1, 2, 3, 4, 5, 6], { normalise: 'standard', steps: 6 }), 1)[0]!
    expect(Math.sqrt(target.reduce((sum, y) => sum + y * y, 0) / 6)).toBeCloseTo(1, 12)
    expect([...makePatterns(signal([7, 7, 7], { steps: 3 }), 1)[0]!.target]).toEqual([0, 0, 0])
  })

  it('is cut into one segment per pattern', () => {
    const samples = Array.from({ length: 30 }, (_, k) => k)
    const targets = makePatterns(signal(samples, { patterns: 3, normalise: 'none', steps: 10 }), 1).map(({ target }) => [target[0], target[9]])
    expect(targets).toEqual([[0, 9], [10, 19], [20, 29]])
  })

  it('is refused without samples or with too few', () => {
    expect(() => makePatterns(taskOf({ kind: 'signal', file: 'x.csv' }), 1)).toThrow(/task\.samples is missing\. It must have at least two samples/)
    expect(() => makePatterns({ ...signal([1, 2, 3]), patterns: 2 }, 1)).toThrow(/3 samples for 2 patterns/)
  })
})
