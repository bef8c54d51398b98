import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanOf, sampleOf } from '../../../../src-engine/statistics/samples.ts'

describe('sampleOf', () => {
  it('divides by n − 1', () => {
    const sample = sampleOf([2, 4, 4, 4, 5, 5, 7, 9])
    expect(sample.mean).toBe(5)
    expect(sample.sd).toBeCloseTo(Math.sqrt(32 / 7), 14)
  })

  it('has no spread for one value and no mean for none', () => {
    expect(sampleOf([3])).toEqual({ n: 1, mean: 3, sd: null })
    expect(meanOf([])).toBeNaN()
  })

  it('gives NaN if a value is NaN', () => {
    const { mean, sd } = sampleOf([1, NaN, 3])
    expect([mean, sd]).toEqual([NaN, NaN])
  })

  it('shifts the mean with the sample and keeps the spread', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 })
    fc.assert(fc.property(values, fc.integer({ min: -1000, max: 1000 }), (sample, shift) => {
      const before = sampleOf(sample)
      const after = sampleOf(sample.map((value) => value + shift))
      expect(after.mean).toBeCloseTo(before.mean + shift, 8)
      expect(after.sd).toBeCloseTo(before.sd as number, 8)
    }))
  })
})
