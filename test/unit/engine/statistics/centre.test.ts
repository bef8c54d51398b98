import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { centred, meanInterval, quantileOf } from '../../../../src-engine/statistics/centre.ts'
import { effectOfDifferences, effectOfSamples } from '../../../../src-engine/statistics/effect-size.ts'
import { movingMean } from '../../../../src-engine/statistics/moving-mean.ts'
import { studentProbability, studentQuantile } from '../../../../src-engine/statistics/student.ts'

const a = [2.1, 1.9, 2.4, 2.0, 2.6, 1.7, 2.2, 2.3, 1.8, 2.5]
const b = [2.9, 2.2, 3.1, 2.4, 3.3, 1.9, 2.8, 2.6, 2.7, 3.0]

describe('Student\'s t', () => {
  // scipy.stats.t.ppf(0.975, n) of SciPy 1.17.1
  it.each([[1, 12.706204736174694], [2, 4.302652729749462], [3, 3.1824463052837078], [4, 2.7764451051977934], [9, 2.262157162798205], [10, 2.228138851986274], [29, 2.045229642132703], [199, 1.9719565442517533]])('has its 0.975 quantile with %i degrees of freedom', (freedom, quantile) => {
    expect(studentQuantile(freedom) / quantile).toBeCloseTo(1, 11)
  })

  // scipy.stats.t.cdf
  it.each([[0.5, 1, 0.6475836176504333], [-2.3, 4, 0.04146951855619118], [1.7, 7, 0.9335355516087224], [3.1, 20, 0.9971775615304379], [0, 3, 0.5]])('has the probability of %d with %i degrees of freedom', (t, freedom, probability) => {
    expect(studentProbability(t, freedom)).toBeCloseTo(probability, 12)
  })
})

describe('centre and spread', () => {
  // statistics.mean, .stdev, scipy.stats.sem and t.interval
  it.each([['sd', 2.1500000000000004, 1.847234964590251, 2.4527650354097497], ['se', 2.1500000000000004, 2.0542572892243665, 2.2457427107756343], ['interval', 2.1500000000000004, 1.9334149410331833, 2.3665850589668174], ['range', 2.1500000000000004, 1.7, 2.6]] as const)('of a mean with %s', (spread, centre, low, high) => {
    const { centre: own, ends } = centred(a, 'mean', spread)
    expect([own, ...ends!]).toEqual([centre, low, high].map((one) => expect.closeTo(one, 12)))
  })

  it('of a median: quartiles as numpy has them, and the interval between two of the sorted values', () => {
    const { centre, ends } = centred(a, 'median', 'quartiles')
    expect([centre, ...ends!]).toEqual([2.15, 1.925, 2.375].map((one) => expect.closeTo(one, 12)))
    // scipy.stats.binom.ppf(0.025, 10, 0.5) = 2: the second of ten from each end.
    expect(centred(a, 'median', 'interval').ends).toEqual([1.8, 2.5])
    expect(centred(a.slice(0, 6), 'median', 'interval').ends).toEqual([1.7, 2.6])
    expect(centred(a.slice(0, 5), 'median', 'interval').ends).toBeNull()
  })

  it('is NaN with a NaN, and has no spread with one value', () => {
    for (const centre of ['mean', 'median'] as const) {
      expect(centred([1, NaN, 3], centre, 'range')).toEqual({ centre: NaN, ends: [NaN, NaN] })
      expect(centred([7], centre, 'range')).toEqual({ centre: 7, ends: null })
    }
    expect(meanInterval([7])).toBeNull()
  })

  it('has quantiles between the values, and exact ones at the values', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 20 }), (values) => {
      const sorted = Float64Array.from(values).sort()
      expect(quantileOf(sorted, 0)).toBe(sorted[0])
      expect(quantileOf(sorted, 1)).toBe(sorted.at(-1))
    }))
  })
})

describe('the moving mean', () => {
  const curve = fc.array(fc.integer({ min: -99, max: 99 }), { maxLength: 30 })

  it('is the mean of the values up to each', () => {
    fc.assert(fc.property(curve, fc.integer({ min: 1, max: 9 }), (values, width) => {
      const expected = values.map((_, index) => {
        const own = values.slice(Math.max(0, index - width + 1), index + 1)
        return own.reduce((sum, one) => sum + one, 0) / own.length
      })
      expect(movingMean(values, width)).toEqual(expected)
    }))
  })

  it('spreads a NaN over its width alone', () => {
    expect(movingMean([1, NaN, 3, 5], 2)).toEqual([1, NaN, NaN, 4])
  })
})

describe('effect sizes', () => {
  it('are those of the formulas', () => {
    expect(effectOfSamples(b, a)).toBeCloseTo(1.3950209466410681, 12)
    expect(effectOfDifferences(b.map((value, index) => value - a[index]!))).toBeCloseTo(2.2819164877669955, 12)
  })

  it('are null without a spread', () => {
    expect(effectOfDifferences([1, 1])).toBeNull()
    expect(effectOfSamples([1], [1, 2])).toBeNull()
  })
})
