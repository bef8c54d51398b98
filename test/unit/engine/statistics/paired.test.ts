import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { signFlipTest } from '../../../../src-engine/statistics/paired.ts'
import large from '../../../fixtures/statistics/large-sign-flips.json'
import small from '../../../fixtures/statistics/sign-flips.json'

/** Integers, because their sums are exact and ties stay ties. */
const differences = (most: number) => fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: most })

/** The definition, one sign pattern after the other. */
function byEnumeration(values: number[]): number {
  const observed = Math.abs(values.reduce((sum, x) => sum + x, 0))
  let extreme = 0
  for (let pattern = 0; pattern < 2 ** values.length; pattern++) {
    const sum = values.reduce((total, x, k) => total + (Math.floor(pattern / 2 ** k) % 2 === 1 ? x : -x), 0)
    if (Math.abs(sum) >= observed) extreme += 1
  }
  return extreme / 2 ** values.length
}

describe('the sign-flip test', () => {
  it.each([
    // Only the observed signs and their mirror: 2 of 2^n.
    { values: [1, 2, 3, 4, 5], p: 0.0625 },
    { values: [-1], p: 1 },
    { values: [0, 0, 0], p: 1 },
    { values: [3, -3], p: 1 },
    // ±1 ±2 ±4: the sums 5 and 7 and their mirrors, 4 of 8.
    { values: [-1, 2, 4], p: 4 / 8 },
    // These are not exact in binary, so their sums round: 0.3 + 0.6 − 0.1 against 0.6 + 0.3 − 0.1.
    { values: [0.1, 0.1, 0.1, 0.3, 0.3, -0.6], p: byEnumeration([1, 1, 1, 3, 3, -6]) },
  ])('of $values has p = $p', ({ values, p }) => {
    expect(signFlipTest(values)).toBe(p)
  })

  it.each(small.cases)('gives scipy\'s exact p, $p', ({ differences: values, p }) => {
    expect(signFlipTest(values)).toBeCloseTo(p, 12)
  })

  it('matches a full enumeration', () => {
    fc.assert(fc.property(differences(11), (values) => {
      expect(signFlipTest(values)).toBe(byEnumeration(values))
    }))
  })

  it('is exact for twenty differences', () => {
    expect(signFlipTest(Array.from({ length: 20 }, (_, k) => 1 + k / 7))).toBe(2 ** -19)
  })

  it.each(large.cases)('draws signs for more differences than it can enumerate and stays near the exact $p', ({ differences: values, p }) => {
    // The standard error of a fraction of 100 000 draws, plus the bias of the added 1.
    const error = Math.sqrt(p * (1 - p) / 100_000)
    expect(Math.abs(signFlipTest(values) - p)).toBeLessThan(4 * error + 2e-5)
    expect(signFlipTest(values)).toBe(signFlipTest(values))
  })

  it('never gives p = 0 from drawn signs', () => {
    expect(signFlipTest(new Array(64).fill(1))).toBe(1 / 100_001)
  })

  it('gives each of many differences its own sign', () => {
    // If the second 32 differences reused the signs of the first, these two would never cancel. With independent signs half do.
    const one = new Array(64).fill(0)
    one[3] = 1
    one[35] = 1
    expect(signFlipTest(one)).toBeCloseTo(0.5, 2)
    // Nor do differences of the same 32 share a sign.
    const near = new Array(64).fill(0)
    near[3] = 1
    near[4] = 1
    expect(signFlipTest(near)).toBeCloseTo(0.5, 2)
  })

  it('does not depend on order, unit or direction and lies in (0, 1]', () => {
    fc.assert(fc.property(differences(20), (values) => {
      const p = signFlipTest(values)
      expect(p).toBeGreaterThan(0)
      expect(p).toBeLessThanOrEqual(1)
      expect(signFlipTest(values.toReversed())).toBe(p)
      expect(signFlipTest(values.map((x) => -x))).toBe(p)
      expect(signFlipTest(values.map((x) => 4 * x))).toBe(p)
    }))
  })

  it('gives NaN if a difference is not finite', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      expect(signFlipTest([1, bad, 2])).toBeNaN()
      expect(signFlipTest([...new Array(30).fill(1), bad])).toBeNaN()
    }
  })

  it('refuses an empty list', () => {
    expect(() => signFlipTest([])).toThrow(RangeError)
  })
})
