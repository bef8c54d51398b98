import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapInterval, resamplingDraws } from '../../../../src-engine/statistics/bootstrap.ts'
import { meanOf } from '../../../../src-engine/statistics/samples.ts'
import { Stream } from '../../../../src-engine/random/stream.ts'
import scipy from '../../../fixtures/statistics/intervals.json'

const draws = resamplingDraws(12)
const sample = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 2, maxLength: 12 })
const some = { numRuns: 30 }
/** Resamples have equal means only if they contain the same values. */
const irregular = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29].map(Math.sqrt)

describe('the bootstrap interval', () => {
  // make.py gives the error that 10 000 resamples may have.
  it.each(scipy.cases)('matches scipy\'s percentile interval $interval within resampling error', ({ values, low, high }) => {
    const [from, to] = bootstrapInterval(values)!
    expect(from).toBeGreaterThanOrEqual(low[0]! - 1e-12)
    expect(from).toBeLessThanOrEqual(low[1]! + 1e-12)
    expect(to).toBeGreaterThanOrEqual(high[0]! - 1e-12)
    expect(to).toBeLessThanOrEqual(high[1]! + 1e-12)
  })

  it('ends at the 2.5 % and 97.5 % quantiles of the means of 10 000 resamples', () => {
    const stream = new Stream(1, 'resampling')
    const drawn = (resample: number, place: number) =>
      irregular[Math.floor((stream.words(resample, place).first / 2 ** 32) * 10)]!
    const means = Array.from({ length: 10_000 }, (_, resample) => meanOf(irregular.map((_x, place) => drawn(resample, place))))
    const ordered = means.sort((a, b) => a - b)
    const between = (k: number, share: number) => ordered[k]! * (1 - share) + ordered[k + 1]! * share
    const [low, high] = bootstrapInterval(irregular)!
    // 0.025 and 0.975 of the way through 9999 gaps.
    expect(low).toBeCloseTo(between(249, 0.975), 12)
    expect(high).toBeCloseTo(between(9749, 0.025), 12)
  })

  it('does not depend on sharing its draws with larger samples', () => {
    for (const n of [2, 5, 9, 10]) {
      const values = irregular.slice(0, n)
      expect(bootstrapInterval(values, draws)).toEqual(bootstrapInterval(values))
    }
  })

  it('contains the mean and lies within the range of the sample', () => {
    fc.assert(fc.property(sample, (values) => {
      const [low, high] = bootstrapInterval(values, draws)!
      const slack = 1e-12 * Math.max(...values.map(Math.abs))
      expect(low).toBeLessThanOrEqual(meanOf(values) + slack)
      expect(high).toBeGreaterThanOrEqual(meanOf(values) - slack)
      expect(low).toBeGreaterThanOrEqual(Math.min(...values) - slack)
      expect(high).toBeLessThanOrEqual(Math.max(...values) + slack)
    }), some)
  })

  it('shifts and scales with the sample', () => {
    fc.assert(fc.property(sample, fc.double({ min: -50, max: 50, noNaN: true }), (values, shift) => {
      const [low, high] = bootstrapInterval(values, draws)!
      const shifted = bootstrapInterval(values.map((x) => 2 * x + shift), draws)!
      expect(shifted[0]).toBeCloseTo(2 * low + shift, 8)
      expect(shifted[1]).toBeCloseTo(2 * high + shift, 8)
    }), some)
  })

  it('is a point for a sample without spread', () => {
    expect(bootstrapInterval([2, 2, 2])).toEqual([2, 2])
  })

  it('contains the true mean of ten normal values in about 90 % of cases', () => {
    const stream = new Stream(99, 'target')
    let held = 0
    for (let k = 0; k < 200; k++) {
      const [low, high] = bootstrapInterval(Array.from({ length: 10 }, (_, i) => stream.normal(k, i)), draws)!
      if (low <= 0 && high >= 0) held += 1
    }
    // 0.915 ± 4 standard errors of 200 repetitions.
    expect(held / 200).toBeGreaterThan(0.836)
    expect(held / 200).toBeLessThan(0.994)
  })

  it('is null for fewer than two values or a non-finite value', () => {
    for (const values of [[], [1], [1, NaN], [1, Infinity, 2]]) expect(bootstrapInterval(values)).toBeNull()
  })

  it('refuses too few draws', () => {
    expect(() => bootstrapInterval([1, 2, 3], resamplingDraws(2))).toThrow(/up to 2 .* 3/)
  })
})
