import { describe, expect, it } from 'vitest'
import type { Band } from '../../../../src-engine/figure/figure.ts'
import { chartOf, svgOf } from './fixtures.ts'

const polygonsOf = (band: Pick<Band, 'x' | 'low' | 'high'>) => {
  const svg = svgOf(chartOf({
    title: '', x: { scale: 'linear', name: 'x' }, y: { scale: 'log', name: 'y', from: 1 }, marks: [{ kind: 'band', colour: '#123456', ...band }],
  }))
  return [...svg.matchAll(/<polygon points="([^"]*)" fill="#123456"/g)].map(([, points]) => points!.split(' ').map(Number))
}

describe('a band on the screen', () => {
  it('is one polygon if no value is missing', () => {
    expect(polygonsOf({ x: [1, 2, 3], low: [1, 2, 1], high: [4, 5, 6] })).toHaveLength(1)
  })

  it('is split at a gap', () => {
    expect(polygonsOf({ x: [1, 2, 3, 4, 5], low: [1, 1, NaN, 1, 1], high: [4, 4, NaN, 4, 4] })).toHaveLength(2)
  })

  it('extends to the bottom of a log axis if its lower bound is not positive', () => {
    const coordinates = polygonsOf({ x: [1, 2, 3], low: [1.5, -1, 1.5], high: [4, 4, 4] })[0]!
    expect(coordinates).toHaveLength(2 * 6)
    // The lower corners are in reverse order: third point, second, first. The axis starts at 1.
    const [third, second, first] = [coordinates[7], coordinates[9], coordinates[11]]
    expect(third).toBe(first)
    expect(second).toBeGreaterThan(first!)
  })
})
