import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { closeAround } from '../../../../src-renderer/charts/axes.ts'

const { min, max } = closeAround
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true })

describe('ends of a log axis', () => {
  test('are round numbers close to the values and enclose them', () => {
    fc.assert(fc.property(positive, positive, (a, b) => {
      const extent = { min: Math.min(a, b), max: Math.max(a, b) }
      const [low, high] = [min(extent)!, max(extent)!]
      expect(low).toBeLessThanOrEqual(extent.min)
      expect(high).toBeGreaterThanOrEqual(extent.max)
      expect(extent.min / low).toBeLessThan(5.01)
      expect(high / extent.max).toBeLessThan(5.01)
      for (const end of [low, high]) expect(['1', '2', '5']).toContain(end.toExponential().split('e')[0])
    }))
  })

  test('of a long axis keep their labels apart from those of the powers of ten', () => {
    expect([min({ min: 6, max: 16_000 }), max({ min: 6, max: 16_000 })]).toEqual([2, 50_000])
    expect([min({ min: 600, max: 16_000 }), max({ min: 600, max: 16_000 })]).toEqual([500, 20_000])
  })

  test('exist for a value whose rounded logarithm is one too high', () => {
    expect(min({ min: 999.9999999999999, max: 1200 })).toBe(500)
  })

  test('are undefined for values that a log axis cannot show', () => {
    for (const value of [0, -1, NaN, Infinity]) {
      expect([min({ min: value, max: 1 }), max({ min: 1, max: value })]).toEqual([undefined, undefined])
    }
  })
})
