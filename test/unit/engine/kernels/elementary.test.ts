import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exp, ln, power, sinOfTurns } from '../../../../src-engine/kernels/elementary.ts'
import { normalQuantile } from '../../../../src-engine/kernels/normal.ts'

const relative = (measured: number, expected: number) => Math.abs(measured - expected) / Math.abs(expected)

describe('elementary functions', () => {
  it('ln is accurate to the last bits', () => {
    fc.assert(fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(Math.abs(Math.log(x)), 0.5))
    }), { numRuns: 2000 })
    expect([ln(0), ln(-1), ln(Infinity), ln(1)]).toEqual([-Infinity, NaN, Infinity, 0])
  })

  it('exp is accurate to the last bits up to both ends of its range', () => {
    fc.assert(fc.property(fc.double({ min: -700, max: 709, noNaN: true }), (x) => {
      expect(relative(exp(x), Math.exp(x))).toBeLessThan(5e-16)
    }), { numRuns: 2000 })
    expect([exp(0), exp(-1000), exp(1000), exp(NaN)]).toEqual([1, 0, Infinity, NaN])
  })

  it('power follows the drift law', () => {
    expect(relative(power(5e-4 / 38.6, -0.04), (5e-4 / 38.6) ** -0.04)).toBeLessThan(1e-14)
    expect(power(1, -0.04)).toBe(1)
  })

  it('sinOfTurns is accurate to 4e-16', () => {
    fc.assert(fc.property(fc.double({ min: -1000, max: 1000, noNaN: true }), (turns) => {
      const fraction = turns - Math.round(turns)
      expect(Math.abs(sinOfTurns(turns) - Math.sin(2 * Math.PI * fraction))).toBeLessThan(4e-16)
    }), { numRuns: 2000 })
  })

  it.each([
    [1e-10, -6.361340902404056], [1e-5, -4.2648907939228256], [0.01, -2.3263478740408408],
    [0.3, -0.5244005127080407], [0.5, 0], [0.77, 0.7388468491852137], [0.999, 3.090232306167813],
  ])('the normal quantile of %d is accurate', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 14)
  })

  it.each([
    [1e-12, -7.034483825301132], [1e-20, -9.262340089798407], [1e-100, -21.273453560965326], [1e-300, -37.0470962993612],
  ])('the normal quantile of %d, far in the tail, is accurate', (p, expected) => {
    expect(relative(normalQuantile(p), expected)).toBeLessThan(2e-15)
  })
})
