import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alignedHistograms, dyadicHistogram } from '../../../../src-engine/analysis/dyadic-histogram.ts'

/** No value is so small that a division by the width would make it 0. */
const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true }).filter((value) => Math.abs(value) > 1e-300)
const values = fc.array(fc.oneof(finite, fc.constant(NaN), fc.constant(0)), { maxLength: 50 })

it('counts every finite value once, in the bin that has it', () => {
  fc.assert(fc.property(values, (given) => {
    const { width, first, counts } = dyadicHistogram(given)
    expect(Math.log2(width)).toSatisfy(Number.isInteger)
    counts.forEach((count, bin) => {
      const [low, high] = [(first + bin) * width, (first + bin + 1) * width]
      expect(count).toBe(given.filter((value) => value >= low && value < high).length)
    })
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(given.filter(Number.isFinite).length)
  }))
})

it('is the same whether histograms are joined or the values are counted in the common bins', () => {
  fc.assert(fc.property(fc.array(values, { minLength: 1, maxLength: 5 }), (sets) => {
    const { width, first, counts } = alignedHistograms(sets.map((set) => dyadicHistogram(set)))
    sets.forEach((set, index) => counts[index]!.forEach((count, bin) => {
      const [low, high] = [(first + bin) * width, (first + bin + 1) * width]
      expect(count).toBe(set.filter((value) => value >= low && value < high).length)
    }))
    expect(counts.flat().reduce((sum, count) => sum + count, 0)).toBe(sets.flat().filter(Number.isFinite).length)
    expect(counts[0]!.length).toBeLessThanOrEqual(96)
  }))
})

it('has whole bins for counts', () => {
  expect(dyadicHistogram([3, 5, 5], 1)).toEqual({ width: 1, first: 3, counts: [1, 0, 2] })
})
