import fc from 'fast-check'
import { expect, test } from 'vitest'
import { latexNumber, pText, unicodeNumber, written } from '../../../../src-main/transfer/results/numbers.ts'

const unicode = (value: number | null, digits?: number) => unicodeNumber(written(value, digits))
const latex = (value: number | null, digits?: number) => latexNumber(written(value, digits))

test('writes three digits, powers of ten for extreme values, and thin spaces between thousands', () => {
  expect([0.0212345, 12.345, 0.00001234, 123_456, 0, 1].map((value) => unicode(value)))
    .toEqual(['0.0212', '12.3', '1.23 × 10⁻⁵', '123\u2009000', '0', '1.00'])
  expect(unicode(4_896_123, 4)).toBe('4.896 × 10⁶')
  expect(unicode(47_193, 4)).toBe('47\u2009190')
})

test('writes a true minus, an optional plus, and values that round up to the next power', () => {
  expect(unicode(-0.5)).toBe('−0.500')
  expect(unicodeNumber(written(0.5), true)).toBe('+0.500')
  expect(unicodeNumber(written(0), true)).toBe('0')
  expect(unicode(999_999)).toBe('1.00 × 10⁶')
})

test('writes non-finite values as n/a', () => {
  for (const value of [null, NaN, Infinity, -Infinity]) {
    expect(unicode(value)).toBe('n/a')
    expect(latex(value)).toBe('\\text{--}')
  }
})

test('writes powers and thousands for LaTeX', () => {
  expect([0.00001234, -47_190, 0.0212].map((value) => latex(value, 4))).toEqual(['1.234 \\times 10^{-5}', '-47\\,190', '0.02120'])
})

test('writes p-values with three decimals', () => {
  expect([0.00195, 0.0004, 0.05, 1, 0.9999, 0.999, null, NaN].map((p) => pText(p)))
    .toEqual(['0.002', '< 0.001', '0.050', '1', '1', '0.999', null, null])
})

test('reads back any number within half of its last digit', () => {
  // Larger numbers can round to a value beyond the range of doubles.
  const value = fc.double({ min: -1e300, max: 1e300, noNaN: true })
  fc.assert(fc.property(value, fc.integer({ min: 2, max: 6 }), (value, digits) => {
    const { mantissa, exponent } = written(value, digits)!
    const back = Number(`${mantissa}e${exponent}`)
    // Half of the last digit, plus the resolution of the smallest numbers.
    expect(Math.abs(back - value)).toBeLessThanOrEqual(Math.abs(value) * 0.501 * 10 ** (1 - digits) + Number.MIN_VALUE)
  }))
})
