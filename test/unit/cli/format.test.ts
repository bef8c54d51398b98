import { expect, test } from 'vitest'
import { table } from '../../../src-main/cli/format.ts'
import { toJson } from '../../../src-main/cli/output.ts'

test('aligns columns', () => {
  expect(table([['a', 'long'], ['wide', 'b']])).toBe('a     long\nwide  b')
})

test('keeps NaN and infinities in JSON', () => {
  expect(JSON.parse(toJson({ loss: NaN, deep: [Infinity, -Infinity, 1] }))).toEqual({ loss: 'NaN', deep: ['Infinity', '-Infinity', 1] })
})
