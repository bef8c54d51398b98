import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NumberField } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { stepped } from '../../../../../src-renderer/components/spec-form/stepping.ts'

const field = (whole: boolean, min: number, max: number): NumberField => ({
  kind: 'number', path: 'x', title: 'X', help: '', equation: '', source: '', unit: '', advanced: false, start: min, whole, min, max, slider: null,
})

test.each([[30, 1, 40], [2e-5, 1, 3e-5], [1e-5, -1, 9e-6], [1e-5, 1, 2e-5], [-10, 1, -9], [0, 1, 0.1], [1234, -1, 234]] as const)(
  '%d stepped by %d is %d',
  (value, direction, next) => expect(stepped(value, direction, field(false, -1e6, 1e6))).toBe(next),
)

test('whole numbers stay whole, and all values stay within the range', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 4096 }), fc.constantFrom(1 as const, -1 as const), (value, direction) => {
    const next = stepped(value, direction, field(true, 1, 4096))
    expect(Number.isInteger(next) && next >= 1 && next <= 4096).toBe(true)
    const atEnd = value === 1 && direction === -1 || value === 4096 && direction === 1
    expect(next === value).toBe(atEnd)
  }))
})
