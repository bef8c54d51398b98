import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawnCurve, MOST_POINTS } from '../../../../src-renderer/charts/line.ts'

const indices = (length: number) => Array.from({ length }, (_, index) => index)

describe('drawnCurve', () => {
  it('leaves a gap at NaN and infinities instead of drawing zero', () => {
    const { points, gaps, notes } = drawnCurve({ x: indices(6), y: [1, 2, NaN, 4, 5, -Infinity] })
    expect(points[2]).toEqual([2, null])
    expect(points[5]).toEqual([5, null])
    expect(gaps).toEqual([2, 5])
    expect(notes).toEqual(['× 2 values not finite'])
  })

  it('counts values that a log axis cannot show', () => {
    const { points, notes } = drawnCurve({ x: indices(4), y: [1, 0, -2, 3], log: true })
    expect(points.slice(1, 3)).toEqual([[1, null], [2, null]])
    expect(notes).toEqual(['× 2 values ≤ 0, not shown on a log axis'])
    expect(drawnCurve({ x: indices(4), y: [1, 0, -2, 3] }).gaps).toEqual([])
  })

  it('draws a value without neighbours as a dot', () => {
    const { points } = drawnCurve({ x: indices(3), y: [NaN, 7, NaN] })
    expect(points[1]).toEqual({ value: [1, 7], symbol: 'circle', symbolSize: 4 })
  })

  it('keeps all points of a short curve and the extremes of a long one, and says so', () => {
    expect(drawnCurve({ x: indices(MOST_POINTS), y: indices(MOST_POINTS) }).points).toHaveLength(MOST_POINTS)
    const y = indices(20_000).map((index) => (index === 12_345 ? 99 : Math.sin(index)))
    const { points, notes } = drawnCurve({ x: indices(20_000), y })
    expect(points.length).toBeLessThanOrEqual(MOST_POINTS)
    expect(points).toContainEqual([12_345, 99])
    expect(notes).toEqual(['only the minimum and maximum of every 10 points are drawn'])
  })

  it('marks every missing value, however much the curve is decimated', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(NaN, 1, 2), { minLength: 1, maxLength: 9000 }), (y) => {
      expect(drawnCurve({ x: indices(y.length), y }).gaps).toHaveLength(y.filter(Number.isNaN).length)
    }), { numRuns: 20 })
  })
})
