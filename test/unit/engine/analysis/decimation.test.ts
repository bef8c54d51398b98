import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketSize, extremesOfBuckets } from '../../../../src-engine/analysis/decimation.ts'

describe('extremesOfBuckets', () => {
  it('keeps a single spike among a thousand zeros', () => {
    const values = new Float64Array(1000)
    values[617] = 1
    expect(extremesOfBuckets(values, 100)).toContain(617)
  })

  it('keeps a gap', () => {
    expect(extremesOfBuckets([1, 2, NaN, NaN, 3, 0], 6)).toEqual([2, 4, 5])
  })

  it('is ascending, includes the extremes, and keeps every value if the bucket size is 1', () => {
    const values = fc.array(fc.integer(), { minLength: 1 })
    fc.assert(fc.property(values, fc.integer({ min: 1, max: 20 }), (sample, size) => {
      const kept = extremesOfBuckets(sample, size)
      const drawn = kept.map((index) => sample[index]!)
      expect(kept).toEqual([...kept].sort((a, b) => a - b))
      expect(Math.max(...drawn)).toBe(Math.max(...sample))
      expect(Math.min(...drawn)).toBe(Math.min(...sample))
      expect(extremesOfBuckets(sample, 1)).toHaveLength(sample.length)
    }))
  })
})

describe('bucketSize', () => {
  it('is 1 up to the limit and then keeps the number of points near it', () => {
    expect(bucketSize(4000, 4000)).toBe(1)
    const values = Float64Array.from({ length: 10_001 }, (_, index) => Math.sin(index))
    expect(extremesOfBuckets(values, bucketSize(values.length, 4000)).length).toBeLessThanOrEqual(4001)
  })
})
