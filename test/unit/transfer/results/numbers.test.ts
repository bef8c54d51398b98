import { expect, test } from 'vitest'
import { differenceText, latexNumber, pText, resultText } from '../../../../src-main/transfer/results/numbers.ts'

test('rounds results to three digits, also before the decimal point, and SETs to four', () => {
  expect([0.0212345, 12.345, 0.00001234, 123_456, 0, 1, 999_999].map((value) => resultText(value)))
    .toEqual(['0.0212', '12.3', '1.23 × 10⁻⁵', '123\u202f000', '0', '1.00', '1.00 × 10⁶'])
  expect([4_896_123, 47_193].map((value) => resultText(value, 4))).toEqual(['4.896 × 10⁶', '47\u202f190'])
})

test('writes the sign of a difference', () => {
  expect([0.5, -0.5, 0, null].map(differenceText)).toEqual(['+0.500', '−0.500', '0', 'n/a'])
})

test('writes missing values as n/a', () => {
  for (const value of [null, NaN, Infinity, -Infinity]) expect([resultText(value), pText(value)]).toEqual(['n/a', 'n/a'])
})

test('writes powers and thousands for LaTeX', () => {
  expect([0.00001234, -47_190, 0.0212].map((value) => latexNumber(resultText(value, 4))))
    .toEqual(['1.234 \\times 10^{-5}', '-47\\,190', '0.02120'])
})
