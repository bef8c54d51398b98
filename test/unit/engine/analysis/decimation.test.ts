import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketSize, ExtremePyramid, extremesOfBuckets } from '../../../../src-engine/analysis/decimation.ts'

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

describe('ExtremePyramid', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)), { minLength: 1, maxLength: 3000 })
  const part = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))

  it('keeps the first and last value of any part, its extremes and a gap, ascending and not many more than the limit', () => {
    fc.assert(fc.property(values, part, fc.integer({ min: 4, max: 500 }), (all, [a, b], limit) => {
      const [from, to] = [Math.floor(Math.min(a, b) * all.length), Math.ceil(Math.max(a, b) * all.length)]
      fc.pre(from < to)
      const kept = new ExtremePyramid(all).within(from, to, limit)
      const inside = all.slice(from, to)
      const drawn = kept.map((index) => all[index]!)
      expect(kept).toEqual([...new Set(kept)].sort((a, b) => a - b))
      expect([kept[0], kept.at(-1)]).toEqual([from, to - 1])
      const finite = (of: number[]) => of.filter((value) => !Number.isNaN(value))
      expect(Math.min(...finite(drawn))).toBe(Math.min(...finite(inside)))
      expect(Math.max(...finite(drawn))).toBe(Math.max(...finite(inside)))
      expect(drawn.some(Number.isNaN)).toBe(inside.some(Number.isNaN))
      // A gap is a third point of its bucket, and buckets are joined to within a factor of 1.5.
      expect(kept.length).toBeLessThanOrEqual(2.5 * limit + 8)
    }))
  })

  it('keeps the extremes of every bucket, and not only of the whole', () => {
    const wave = Float64Array.from({ length: 100_000 }, (_, index) => Math.sin(index / 1000) + (index % 997 === 0 ? 3 : 0))
    const kept = new Set(new ExtremePyramid(wave).within(0, wave.length, 1000))
    for (let spike = 0; spike < wave.length; spike += 997) expect(kept).toContain(spike)
  })

  it('keeps everything where there is space', () => {
    expect(new ExtremePyramid([3, 1, 2, NaN]).within(1, 4, 3)).toEqual([1, 2, 3])
  })
})
