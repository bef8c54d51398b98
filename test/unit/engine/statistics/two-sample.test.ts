import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { permutationTest } from '../../../../src-engine/statistics/two-sample.ts'

/** Integers, because their sums are exact and ties stay ties. */
const values = (length: number) => fc.array(fc.integer({ min: -99, max: 99 }), { minLength: length, maxLength: length })

describe('the permutation test', () => {
  it.each([
    // 2 of 20 splits of six values are as extreme as the sorted one.
    { a: [1, 2, 3], b: [4, 5, 6], p: 2 / 20 },
    { a: [1], b: [2], p: 1 },
    { a: [5, 5], b: [5, 5], p: 1 },
    // 1 2 | 3 4 and its mirror: 2 of 6.
    { a: [4, 3], b: [2, 1], p: 2 / 6 },
  ])('of $a and $b has p = $p', ({ a, b, p }) => {
    expect(permutationTest(a, b).p).toBeCloseTo(p, 12)
  })

  it('is symmetric in the samples and independent of the unit', () => {
    fc.assert(fc.property(values(4), values(5), (a, b) => {
      const there = permutationTest(a, b)
      expect(permutationTest(b, a).difference).toBeCloseTo(-there.difference, 10)
      expect(permutationTest(b, a).p).toBeCloseTo(there.p, 10)
      expect(permutationTest(a.map((x) => 4 * x), b.map((x) => 4 * x)).p).toBe(there.p)
    }))
  })

  it('gives a small p as often as expected by chance', () => {
    let found = 0
    let state = 1
    const next = () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32 }
    for (let k = 0; k < 400; k++) {
      const sample = () => Array.from({ length: 5 }, next)
      if (permutationTest(sample(), sample()).p <= 0.1) found += 1
    }
    expect(found).toBeGreaterThan(15)
    expect(found).toBeLessThan(70)
  })

  it('of more values than can all be split is near the p of the normal approximation', () => {
    const spread = (mean: number) => Array.from({ length: 30 }, (_, k) => mean + (k % 10) / 10)
    expect(permutationTest(spread(0), spread(0.15)).p).toBeCloseTo(0.0523, 2)
    expect(permutationTest(spread(0), spread(9)).p).toBe(1 / 100_001)
  })

  it('has no p where a value is not a number, and refuses an empty sample', () => {
    expect(permutationTest([NaN, 1], [2, 3]).p).toBeNaN()
    expect(() => permutationTest([], [1])).toThrow(/0 and 1/)
  })
})
