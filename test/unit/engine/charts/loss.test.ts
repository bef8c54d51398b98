import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { lossChart } from '../../../../src-engine/charts/loss.ts'
import { palettes } from '../../../../src-engine/charts/palette.ts'
import { epochsOf, light, marksOf, pairsOf } from './fixtures.ts'

describe('lossChart', () => {
  it('draws the mean, the range over patterns and the marks of gaps', () => {
    const chart = lossChart({ loss: mse, epochs: epochsOf([0.2, NaN, 0.1]), scheme: 'mixed-precision', scale: 'log' }, light)
    expect(pairsOf(marksOf(chart, 'line')[0]!)).toEqual([[1, 0.2], [2, NaN], [3, 0.1]])
    expect(marksOf(chart, 'band')).toMatchObject([{ entry: 'Range over 2 patterns', low: [0.1, NaN, 0.05], high: [0.4, NaN, 0.2] }])
    expect(marksOf(chart, 'rug')).toMatchObject([{ at: [2] }])
    expect(chart.key.map(({ text }) => text)).toEqual(['Mean over patterns', 'Range over 2 patterns', 'Not drawn'])
    expect(chart.notes).toEqual(['× 1 value not finite'])
  })

  it('lists every value in the table and counts patterns from 1', () => {
    const { columns, rows } = lossChart({ loss: mse, epochs: epochsOf([0.2, NaN]), scheme: 'sign', scale: 'log' }, light).table()
    expect(columns).toEqual(['Epoch', 'MSE', 'MSE of pattern 1', 'MSE of pattern 2'])
    expect(rows).toEqual([[1, 0.2, 0.1, 0.4], [2, NaN, NaN, NaN]])
  })

  it('uses the colour of the scheme; FP32 is black on white and white on black', () => {
    const colour = (scheme: 'fp32' | 'sign', mode: 'light' | 'dark') =>
      marksOf(lossChart({ loss: mse, epochs: epochsOf([1]), scheme, scale: 'log' }, palettes[mode]), 'line')[0]!.colour
    expect([colour('fp32', 'light'), colour('fp32', 'dark')]).toEqual(['#000000', '#ffffff'])
    expect([colour('sign', 'light'), colour('sign', 'dark')]).toEqual(['#e69f00', '#e69f00'])
  })

  it('can use a linear axis, which shows zero', () => {
    const data = { epochs: epochsOf([0.2, 0]), scheme: 'sign' as const }
    const { plot, notes } = lossChart({ loss: mse, ...data, scale: 'linear' }, light)
    expect(plot.y).toMatchObject({ scale: 'linear', from: 0 })
    expect(notes).toEqual([])
    expect(lossChart({ loss: mse, ...data, scale: 'log' }, light).notes).toEqual(['× 1 value ≤ 0, not shown on a log axis'])
  })

  it('says that the loss appears after the first epoch', () => {
    expect(lossChart({ loss: mse, epochs: [], scheme: 'sign', scale: 'log' }, light).empty).toMatch(/first epoch/)
  })
})
