import { expect, test } from 'vitest'
import { duration, significant, table } from '../../../src-main/cli/format.ts'
import { toJson } from '../../../src-main/cli/output.ts'

test.each([[0.0142, '14.2 ms'], [12.34, '12.3 s'], [200, '3 min 20 s'], [3840, '1 h 04 min']])('formats %d s as %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text)
})

test('shows three significant digits, NaN and infinities by name, and null as a dash', () => {
  expect([0.012345, 1234, NaN, Infinity, null].map(significant)).toEqual(['0.0123', '1230', 'NaN', 'Infinity', '–'])
})

test('aligns columns', () => {
  expect(table([['a', 'long'], ['wide', 'b']])).toBe('a     long\nwide  b')
})

test('keeps NaN and infinities in JSON', () => {
  expect(JSON.parse(toJson({ mse: NaN, deep: [Infinity, -Infinity, 1] }))).toEqual({ mse: 'NaN', deep: ['Infinity', '-Infinity', 1] })
})
