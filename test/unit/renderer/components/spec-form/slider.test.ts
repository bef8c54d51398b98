import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Field, fieldsOf, type JsonSchema, leavesOf, type NumberField } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { positionOf, STEPS, valueAtPosition } from '../../../../../src-renderer/components/spec-form/slider.ts'
import { specJsonSchema } from '../../../../../src-renderer/stores/design.ts'

const fields: Field[] = fieldsOf(specJsonSchema as JsonSchema)
const sliding = leavesOf(fields).filter((field): field is NumberField => field.kind === 'number' && field.slider !== null)

describe('every slider of the spec', () => {
  test.each(sliding.map((field) => [field.path, field] as const))('%s lies within its range, and decades begin above 0', (_, field) => {
    const { from, to, logarithmic } = field.slider!
    expect(from).toBeGreaterThanOrEqual(field.min)
    expect(to).toBeLessThanOrEqual(field.max)
    expect(from).toBeLessThan(to)
    if (logarithmic) expect(from).toBeGreaterThan(0)
  })

  test('leads only to values that the schema allows, in their order, and back to where it stood', () => {
    const position = fc.integer({ min: 0, max: STEPS })
    fc.assert(fc.property(fc.constantFrom(...sliding), position, position, (field, a, b) => {
      const at = (place: number) => valueAtPosition(place, field.slider!, field)
      const value = at(a)
      expect(value).toBeGreaterThanOrEqual(field.min)
      expect(value).toBeLessThanOrEqual(field.max)
      if (field.whole) expect(Number.isInteger(value)).toBe(true)
      else expect(Math.abs(positionOf(value, field.slider!) - a)).toBeLessThanOrEqual(1)
      if (a <= b) expect(value).toBeLessThanOrEqual(at(b))
    }))
  })

  test('has exact ends, where what is beyond them stands too', () => {
    for (const field of sliding) {
      const { from, to } = field.slider!
      expect([valueAtPosition(0, field.slider!, field), valueAtPosition(STEPS, field.slider!, field)]).toEqual([from, to])
      expect([positionOf(from / 2, field.slider!), positionOf(2 * to, field.slider!)]).toEqual([0, STEPS])
    }
  })
})

test('a range that says nothing has no slider', () => {
  const without = leavesOf(fields).filter((field) => field.kind === 'number' && field.slider === null).map(({ path }) => path)
  expect(without).toEqual(expect.arrayContaining(['seed', 'learning.gradientClip', 'learning.weightClip']))
})
