import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseNumber, parseNumbers, textOf } from '../../../../../src-renderer/components/spec-form/number-text.ts'

describe('a typed or pasted number', () => {
  test.each([
    ['42', 42], [' 42\n', 42], ['-0.5', -0.5], ['+.5', 0.5], ['5.', 5], ['1e-5', 1e-5], ['2E3', 2000],
    ['−3', -3], ['1e−5', 1e-5], ['7.74251 × 10⁻⁵', 7.74251e-5], ['10⁻⁵', 1e-5], ['12\u2009345', 12_345], ['1\u202f234\u202f567.5', 1_234_567.5],
  ])('%j is %d', (text, value) => expect(parseNumber(text)).toBe(value))

  test.each(['', ' ', 'abc', '1,5', '1e999', '-1e999', 'Infinity', 'NaN', '0x10', '1 2', '12\u200934', '1e', '.', '1_000'])(
    '%j stays text',
    (text) => expect(parseNumber(text)).toBe(text),
  )

  test('every finite number can be parsed from its own text', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseNumber(textOf(value))).toBe(value === 0 ? 0 : value)
    }))
  })
})

describe('a typed list of numbers', () => {
  test.each([['1, 2, 3', [1, 2, 3]], ['7 × 10⁻⁵, 12\u202f345', [7e-5, 12_345]], ['1;2 3,', [1, 2, 3]], ['0.5', [0.5]]])('%j', (text, values) => {
    expect(parseNumbers(text)).toEqual(values)
  })
  test.each(['', ' , ', '1, x', '1, 1e999'])('%j stays text', (text) => expect(parseNumbers(text)).toBe(text))
  test('is shown with all its digits, with an exponent if it is small', () => {
    expect([0.0000774251, 0.724275, 0.00001].map(textOf)).toEqual(['7.74251e-5', '0.724275', '1e-5'])
  })

  test('is shown with commas', () => expect(textOf([1, 2.5])).toBe('1, 2.5'))
})
