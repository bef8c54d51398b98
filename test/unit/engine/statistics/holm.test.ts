import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holm } from '../../../../src-engine/statistics/holm.ts'
import independent from '../../../fixtures/statistics/holm.json'

const ps = fc.array(fc.double({ min: 1e-9, max: 1, noNaN: true }), { maxLength: 30 })

describe('Holm\'s correction', () => {
  it.each(independent.cases)('of $p matches an independent implementation', ({ p, corrected }) => {
    holm(p).forEach((value, index) => expect(value).toBeCloseTo(corrected[index]!, 12))
  })

  it('rejects what the step-down procedure rejects', () => {
    fc.assert(fc.property(ps, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (p, level) => {
      // Starting with the smallest p, reject while each is within its share of the level.
      const order = p.map((_, index) => index).sort((a, b) => p[a]! - p[b]!)
      const stop = order.findIndex((index, rank) => p[index]! * (p.length - rank) > level)
      const rejected = new Set(stop < 0 ? order : order.slice(0, stop))
      holm(p).forEach((value, index) => expect(value <= level).toBe(rejected.has(index)))
    }))
  })

  it('never makes p smaller or larger than 1, keeps the ranking, and does not depend on the input order', () => {
    fc.assert(fc.property(ps, (p) => {
      const corrected = holm(p)
      corrected.forEach((value, index) => {
        expect(value).toBeGreaterThanOrEqual(p[index]!)
        expect(value).toBeLessThanOrEqual(1)
        p.forEach((other, k) => { if (other <= p[index]!) expect(corrected[k]).toBeLessThanOrEqual(value) })
      })
      expect(holm(p.toReversed())).toEqual(corrected.toReversed())
    }))
  })

  it('counts a NaN as a test', () => {
    expect(holm([NaN, 0.01, 0.04])).toEqual([NaN, 0.03, 0.08])
    expect(holm([NaN])).toEqual([NaN])
    expect(holm([])).toEqual([])
  })
})
