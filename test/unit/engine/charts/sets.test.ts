import { describe, expect, it } from 'vitest'
import { setsChart } from '../../../../src-engine/charts/sets.ts'
import { saturationChart } from '../../../../src-engine/charts/saturation.ts'
import { light, marksOf } from './fixtures.ts'

const epoch = (number: number, set: number) => ({ epoch: number, ledger: { set, reset: 0, refresh: set / 2 }, saturated: 0.25 })

describe('setsChart', () => {
  it('shows the difference of the ledger between epochs', () => {
    const { rows } = setsChart({ epochs: [epoch(1, 10), epoch(2, 14), epoch(3, 14)], hasDevices: true }, light).table()
    expect(rows.map((row) => row[1])).toEqual([10, 4, 0])
  })

  it('has a gap after missing epochs', () => {
    const chart = setsChart({ epochs: [epoch(5, 10), epoch(6, 14), epoch(9, 20)], hasDevices: true }, light)
    expect(chart.table().rows.map((row) => row[1])).toEqual([NaN, 4, NaN])
    expect(chart.notes).toEqual(['× 2 values not finite'])
  })

  it('says that a digital scheme has no pulses instead of drawing zeros', () => {
    expect(setsChart({ epochs: [epoch(1, 0)], hasDevices: false }, light).empty).toMatch(/no devices/)
  })
})

describe('saturationChart', () => {
  it('shows the share of saturated devices in percent and the refreshes of each epoch', () => {
    const chart = saturationChart({ epochs: [epoch(1, 10), epoch(2, 14)], hasDevices: true }, light)
    expect(chart.table().rows).toEqual([[1, 25, 5, 5], [2, 25, 2, 7]])
    expect([chart.plot.y.name, chart.plot.right?.name]).toEqual(['Saturated devices (%)', 'Refreshed pairs'])
    expect(marksOf(chart, 'line').map(({ isRight = false }) => isRight)).toEqual([false, true])
  })

  it('is empty for a digital scheme', () => {
    expect(saturationChart({ epochs: [epoch(1, 0)], hasDevices: false }, light).empty).toMatch(/no devices/)
  })
})
