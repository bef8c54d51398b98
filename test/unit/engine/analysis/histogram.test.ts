import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histogramOf } from '../../../../src-engine/analysis/histogram.ts'

describe('histogramOf', () => {
  it('puts a value on an edge into the bin above it, and the upper limit into the last bin', () => {
    const { edges, counts } = histogramOf([0, 0.99, 1, 2, 3], 0, 3, 3)
    expect(edges).toEqual([0, 1, 2, 3])
    expect(counts).toEqual([2, 1, 2])
  })

  it('puts values outside the range into the outermost bins and counts non-finite values', () => {
    const { counts, missing } = histogramOf([-5, 50, NaN, Infinity], 0, 3, 3)
    expect(counts).toEqual([1, 0, 1])
    expect(missing).toBe(2)
  })

  it('accounts for every value', () => {
    fc.assert(fc.property(fc.array(fc.double()), fc.integer({ min: 1, max: 50 }), (values, bins) => {
      const { counts, missing } = histogramOf(Float64Array.from(values), -1, 1, bins)
      expect(counts.reduce((sum, count) => sum + count, missing)).toBe(values.length)
    }))
  })

  it('refuses an empty range', () => {
    expect(() => histogramOf([1], 2, 2, 4)).toThrow(RangeError)
  })
})
