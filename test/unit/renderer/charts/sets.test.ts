import { describe, expect, it } from 'vitest'
import { setsFigure } from '../../../../src-renderer/charts/sets.ts'
import { saturationFigure } from '../../../../src-renderer/charts/saturation.ts'
import { light, svgOf } from './fixtures.ts'

const epoch = (number: number, set: number) => ({ epoch: number, ledger: { set, reset: 0, refresh: set / 2 }, saturated: 0.25 })

describe('setsFigure', () => {
  it('shows the difference of the ledger between epochs', () => {
    const { rows } = setsFigure({ epochs: [epoch(1, 10), epoch(2, 14), epoch(3, 14)], hasDevices: true }, light).table()
    expect(rows.map((row) => row[1])).toEqual([10, 4, 0])
  })

  it('has a gap after missing epochs', () => {
    const figure = setsFigure({ epochs: [epoch(5, 10), epoch(6, 14), epoch(9, 20)], hasDevices: true }, light)
    expect(figure.table().rows.map((row) => row[1])).toEqual([NaN, 4, NaN])
    expect(figure.notes).toEqual(['× 2 values not finite'])
  })

  it('says that a digital scheme has no pulses instead of drawing zeros', () => {
    expect(setsFigure({ epochs: [epoch(1, 0)], hasDevices: false }, light).empty).toMatch(/no devices/)
  })
})

describe('saturationFigure', () => {
  it('shows the share of saturated devices in percent and the refreshes of each epoch', () => {
    const figure = saturationFigure({ epochs: [epoch(1, 10), epoch(2, 14)], hasDevices: true }, light)
    expect(figure.table().rows).toEqual([[1, 25, 5, 5], [2, 25, 2, 7]])
    for (const text of ['Saturated devices (%)', 'Refreshed pairs']) expect(svgOf(figure)).toContain(text)
  })

  it('is empty for a digital scheme', () => {
    expect(saturationFigure({ epochs: [epoch(1, 0)], hasDevices: false }, light).empty).toMatch(/no devices/)
  })
})
