import { expect, test } from 'vitest'
import { plainNumbers, readNumber, sameLabel } from '../../../../src-engine/format/read-number.ts'

test.each([
  ['7.74251 × 10⁻⁵', 7.74251e-5], ['7.74·10⁻⁵', 7.74e-5], ['10⁻⁵', 1e-5], ['−12\u202f345.5', -12_345.5], ['12\u2009345\u00a0678', 12_345_678],
  ['1e-3', 0.001], ['+2', 2], ['.5', 0.5], [' 5. ', 5],
])('reads %j as %d', (text, value) => expect(readNumber(text)).toBe(value))

test.each(['', 'abc', '1,5', '1 2', '1e999', '1 234', '--1', 'NaN'])('does not read %j', (text) => expect(readNumber(text)).toBeNull())

test('writes the numbers of a text as JSON does', () => {
  expect(plainNumbers('Rate 7.74 × 10⁻⁵ · 12\u202f345 neurons · −3')).toBe('Rate 7.74e-5 · 12345 neurons · -3')
})

test('compares the numbers of labels by value', () => {
  expect(sameLabel('Rate 0.00001 · Sign', 'Rate 1 × 10⁻⁵ · Sign')).toBe(true)
  expect(sameLabel('Rate 0.00001', 'Rate 0.00002')).toBe(false)
  expect(sameLabel('12345 neurons', '12\u202f345 neurons')).toBe(true)
})
