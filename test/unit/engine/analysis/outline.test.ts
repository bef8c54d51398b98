import fc from 'fast-check'
import { expect, test } from 'vitest'
import { outlineOf } from '../../../../src-engine/analysis/outline.ts'

test('keeps the ends, the least and the largest value, in order', () => {
  const series = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 })
  fc.assert(fc.property(series, fc.integer({ min: 4, max: 60 }), (values, most) => {
    const at = outlineOf(values, most)
    const kept = at.map((one) => values[one]!)
    expect(at.length).toBeLessThanOrEqual(most)
    expect(at).toEqual([...new Set(at)].sort((a, b) => a - b))
    expect([at[0], at.at(-1)]).toEqual([0, values.length - 1])
    expect([Math.min(...kept), Math.max(...kept)]).toEqual([Math.min(...values), Math.max(...values)])
  }))
})

test('keeps a spike of one sample', () => {
  const values = Array.from({ length: 100_000 }, (_, at) => (at === 54_321 ? 9 : 0))
  expect(outlineOf(values, 100)).toContain(54_321)
})
