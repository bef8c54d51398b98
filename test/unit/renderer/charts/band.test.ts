import { describe, expect, it } from 'vitest'
import { baseOption, logAxis, withoutLegend, xAxis } from '../../../../src-renderer/charts/axes.ts'
import { bandSeries, type Band } from '../../../../src-renderer/charts/band.ts'
import { toSvg } from '../../../../src-renderer/charts/export.ts'
import { light } from './fixtures.ts'

const polygonsOf = (band: Band) => {
  const axes = { xAxis: xAxis({ name: 'x' }, light), yAxis: logAxis({ name: 'y' }, light) }
  const option = { ...baseOption(light), ...withoutLegend, ...axes, series: [bandSeries('band', '#123456', band, true)] }
  const svg = toSvg({ option, size: { width: 400, height: 200 } })
  return [...svg.matchAll(/<polygon points="([^"]*)" fill="#123456"/g)].map(([, points]) => points!.split(' ').map(Number))
}

describe('bandSeries', () => {
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
