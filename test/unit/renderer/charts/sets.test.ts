import { describe, expect, it } from 'vitest'
import { setsFigure } from '../../../../src-renderer/charts/sets.ts'
import { light } from './fixtures.ts'

const epoch = (number: number, set: number) => ({ epoch: number, ledger: { set, reset: 0 } })

describe('setsFigure', () => {
  it('takes the growth of the ledger', () => {
    const { rows } = setsFigure({ epochs: [epoch(1, 10), epoch(2, 14), epoch(3, 14)], hasDevices: true }, light).table()
    expect(rows.map((row) => row[1])).toEqual([10, 4, 0])
  })

  it('has a gap after epochs that are not known', () => {
    const figure = setsFigure({ epochs: [epoch(5, 10), epoch(6, 14), epoch(9, 20)], hasDevices: true }, light)
    expect(figure.table().rows.map((row) => row[1])).toEqual([NaN, 4, NaN])
    expect(figure.notes).toEqual(['× 2 values not finite'])
  })

  it('says that a digital scheme has no pulses instead of drawing zeros', () => {
    expect(setsFigure({ epochs: [epoch(1, 0)], hasDevices: false }, light).empty).toMatch(/no devices/)
  })
})
