import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fieldsOf, leavesOf } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { positionOf, type SlidingField, stepsOf, valueAtPosition } from '../../../../../src-renderer/components/spec-form/slider.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'

const numbers = leavesOf(fieldsOf(specSchemaNode())).filter((field) => field.kind === 'number')
const sliding = numbers.filter((field): field is SlidingField => field.slider !== null)

describe('every slider of the spec', () => {
  test.each(sliding.map((field) => [field.path, field] as const))('%s lies within its range, and starts above 0 if logarithmic', (_, field) => {
    const { from, to, logarithmic } = field.slider
    expect(from).toBeGreaterThanOrEqual(field.min)
    expect(to).toBeLessThanOrEqual(field.max)
    expect(from).toBeLessThan(to)
    if (logarithmic) expect(from).toBeGreaterThan(0)
  })

  test('gives only values within the schema, in order, and keeps its position', () => {
    fc.assert(fc.property(fc.constantFrom(...sliding), fc.double({ min: 0, max: 1, noNaN: true }), (field, share) => {
      const position = Math.round(share * stepsOf(field))
      const value = valueAtPosition(position, field)
      expect(value).toBeGreaterThanOrEqual(field.min)
      expect(value).toBeLessThanOrEqual(field.max)
      if (field.whole) expect(Number.isInteger(value)).toBe(true)
      expect(positionOf(value, field)).toBe(position)
      if (position > 0) expect(valueAtPosition(position - 1, field)).toBeLessThan(value)
    }))
  })

  test('has exact ends, which are also the positions of values beyond them', () => {
    for (const field of sliding) {
      const { from, to } = field.slider
      expect([valueAtPosition(0, field), valueAtPosition(stepsOf(field), field)]).toEqual([from, to])
      expect([positionOf(from / 2, field), positionOf(2 * to, field)]).toEqual([0, stepsOf(field)])
    }
  })
})

test('a range that is not useful has no slider', () => {
  const without = numbers.filter(({ slider }) => slider === null).map(({ path }) => path)
  expect(without).toEqual(expect.arrayContaining(['seed', 'learning.gradientClip', 'learning.weightClip']))
})
