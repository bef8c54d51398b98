import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatCount, formatExact, formatNumber, formatP, formatQuantity, formatSigned, formatTick, formatWithError, roundTo,
} from '../../../../src-engine/format/numbers.ts'
import { readNumber } from '../../../../src-engine/format/read-number.ts'

const THIN = '\u202f'
/** Any finite number, with as many small exponents as large ones. */
const anyNumber = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.double({ min: -1e7, max: 1e7, noNaN: true }))

describe('a measured value', () => {
  test.each([
    [0, '0'], [-0, '0'], [0.0123456, '0.0123'], [1.2345, '1.23'], [12.345, '12.3'], [123.45, '123'], [1234.5, '1235'], [1, '1.00'],
    [12_345.6, `12${THIN}346`], [999_999.4, `999${THIN}999`], [999_999.7, '1.00 × 10⁶'], [-0.5, '−0.500'], [1.5e9, '1.50 × 10⁹'],
    [1e-4, '0.000100'], [0.00099996, '0.00100'], [0.0000774251, '7.74 × 10⁻⁵'], [-2e-5, '−2.00 × 10⁻⁵'], [5e-324, '4.94 × 10⁻³²⁴'],
    [Number.MAX_VALUE, '1.80 × 10³⁰⁸'], [NaN, 'NaN'], [Infinity, '∞'], [-Infinity, '−∞'], [null, '–'],
  ])('%d is %s', (value, text) => expect(formatNumber(value)).toBe(text))

  test('reads back within half of its last digit', () => {
    fc.assert(fc.property(anyNumber.filter((value) => Math.abs(value) < 1e308), (value) => {
      expect(Math.abs(readNumber(formatNumber(value))! - value)).toBeLessThanOrEqual(Math.abs(value) * 0.00501 + Number.MIN_VALUE)
    }))
  })

  test('never has more than 14 characters', () => {
    fc.assert(fc.property(anyNumber, (value) => { expect(formatNumber(value).length).toBeLessThanOrEqual(14) }))
  })

  test('never orders two values the wrong way', () => {
    fc.assert(fc.property(anyNumber, anyNumber, (a, b) => {
      fc.pre(Math.abs(a) < 1e308 && Math.abs(b) < 1e308)
      const [low, high] = a < b ? [a, b] : [b, a]
      expect(readNumber(formatNumber(low))!).toBeLessThanOrEqual(readNumber(formatNumber(high))!)
    }))
  })

  test('a difference has a sign', () => {
    expect([0.0638, -0.00141, 0, NaN, null].map((value) => formatSigned(value))).toEqual(['+0.0638', '−0.00141', '0', 'NaN', '–'])
  })
})

describe('a value that a user entered', () => {
  test.each([
    [0.0000774251, '7.74251 × 10⁻⁵'], [0.0004552, '0.0004552'], [4_294_967_295, `4${THIN}294${THIN}967${THIN}295`], [1000, '1000'],
    [12_345.678, `12${THIN}345.678`], [1_234_567.5, '1.2345675 × 10⁶'], [1e-5, '1 × 10⁻⁵'], [2 ** 53, '9.007199254740992 × 10¹⁵'],
    [1e21, '1 × 10²¹'], [0.1 + 0.2, '0.30000000000000004'], [-3, '−3'], [null, '–'],
  ])('%d is %s', (value, text) => expect(formatExact(value)).toBe(text))

  test('reads back to the same bits and has at most 28 characters', () => {
    fc.assert(fc.property(anyNumber, (value) => {
      const text = formatExact(value)
      expect(readNumber(text)).toBe(value === 0 ? 0 : value)
      expect(text.length).toBeLessThanOrEqual(28)
    }))
  })
})

test('a count keeps all its digits, and a quantity those of whole numbers', () => {
  expect([4_000_001, 1234, -12_345, 2.5, null].map(formatCount)).toEqual([`4${THIN}000${THIN}001`, '1234', `−12${THIN}345`, '3', '–'])
  expect([3, 12_345, 0.5].map(formatQuantity)).toEqual(['3', `12${THIN}345`, '0.500'])
})

describe('a value with its error', () => {
  test.each([
    [0.016123, 0.0017, '0.0161 ± 0.0017'], [0.016123, 0.00996, '0.016 ± 0.010'], [12_345, 1234, `12${THIN}300 ± 1200`],
    [7.74251e-5, 1.2e-6, '(7.74 ± 0.12) × 10⁻⁵'], [-7.74251e-5, 1.2e-5, '(−7.7 ± 1.2) × 10⁻⁵'], [0.00001, 0.5, '0.00 ± 0.50'],
    [1.5e9, 2.4e7, '(1.500 ± 0.024) × 10⁹'], [-0.0001, 0.5, '0.00 ± 0.50'], [1234.5, 0, '1235 ± 0'], [1, 1e-20, '1.00 ± 1.00 × 10⁻²⁰'],
    [0.5, NaN, '0.500 ± NaN'], [Infinity, 1, '∞ ± 1.00'], [0.5, null, '0.500'], [null, 0.1, '–'],
  ])('%d ± %d is %s', (value, error, text) => expect(formatWithError(value, error)).toBe(text))

  test('reads back within half of the last digit of the error', () => {
    const size = fc.double({ min: 1e-12, max: 1e12, noNaN: true })
    fc.assert(fc.property(size, fc.double({ min: 1e-6, max: 1, noNaN: true }), (value, share) => {
      const error = value * share
      const [, inner, power = ''] = /^\(?([^()]+)\)?( × 10.+)?$/.exec(formatWithError(value, error))!
      const [first, second] = inner!.split(' ± ').map((part) => readNumber(part + power)!)
      const half = 0.0501 * 10 ** Math.ceil(Math.log10(error) + 0.01)
      expect(Math.abs(first! - value)).toBeLessThanOrEqual(half)
      expect(Math.abs(second! - error)).toBeLessThanOrEqual(half)
    }))
  })
})

test('ticks have no zeros at their end, and powers of ten on a log axis', () => {
  expect([0, 0.1 + 0.2, -1.5, 1e-4, 2.5e-5, 1e-5, 12_345, 3e6].map((value) => formatTick(value)))
    .toEqual(['0', '0.3', '−1.5', '0.0001', '2.5 × 10⁻⁵', '10⁻⁵', `12${THIN}345`, '3 × 10⁶'])
  expect([0.001, 0.0005, 1000, 1e4, 5e4].map((value) => formatTick(value, true))).toEqual(['0.001', '5 × 10⁻⁴', '1000', '10⁴', '5 × 10⁴'])
})

test('p-values have three decimals', () => {
  expect([0.00195, 0.0004, 0.05, 1, 0.9999, 0.999, null, NaN].map((p) => formatP(p)))
    .toEqual(['0.002', '< 0.001', '0.050', '1', '1', '0.999', '–', '–'])
})

test('rounds to significant digits', () => {
  expect([roundTo(0.0774251, 3), roundTo(-123_456, 2), roundTo(NaN, 3)]).toEqual([0.0774, -120_000, NaN])
})
