import { describe, expect, it } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { lossFigure } from '../../../../src-renderer/charts/loss.ts'
import { themes } from '../../../../src-renderer/charts/theme.ts'
import { epochsOf, light, seriesOf, svgOf } from './fixtures.ts'

describe('lossFigure', () => {
  it('draws the mean, the range over patterns and the marks of gaps', () => {
    const figure = lossFigure({ loss: mse, epochs: epochsOf([0.2, NaN, 0.1]), scheme: 'mixed-precision', scale: 'log' }, light)
    const [mean, range, marks] = seriesOf(figure)
    expect(mean!.data).toMatchObject([{ value: [1, 0.2] }, [2, null], { value: [3, 0.1] }])
    expect(range!.name).toBe('Range over 2 patterns')
    expect(marks!.data).toEqual([[2, 0.02]])
    expect(figure.notes).toEqual(['× 1 value not finite'])
  })

  it('lists every value in the table and counts patterns from 1', () => {
    const { columns, rows } = lossFigure({ loss: mse, epochs: epochsOf([0.2, NaN]), scheme: 'sign', scale: 'log' }, light).table()
    expect(columns).toEqual(['Epoch', 'MSE', 'MSE of pattern 1', 'MSE of pattern 2'])
    expect(rows).toEqual([[1, 0.2, 0.1, 0.4], [2, NaN, NaN, NaN]])
  })

  it('uses the colour of the scheme; FP32 is black on white and white on black', () => {
    const colour = (scheme: 'fp32' | 'sign', mode: 'light' | 'dark') =>
      (seriesOf(lossFigure({ loss: mse, epochs: epochsOf([1]), scheme, scale: 'log' }, themes[mode]))[0] as unknown as { color: string }).color
    expect([colour('fp32', 'light'), colour('fp32', 'dark')]).toEqual(['#000000', '#ffffff'])
    expect([colour('sign', 'light'), colour('sign', 'dark')]).toEqual(['#e69f00', '#e69f00'])
  })

  it('can use a linear axis, which shows zero', () => {
    const data = { epochs: epochsOf([0.2, 0]), scheme: 'sign' as const }
    const { option, notes } = lossFigure({ loss: mse, ...data, scale: 'linear' }, light)
    expect((option.yAxis as { type: string }[])[0]!.type).toBe('value')
    expect(notes).toEqual([])
    expect(lossFigure({ loss: mse, ...data, scale: 'log' }, light).notes).toEqual(['× 1 value ≤ 0, not shown on a log axis'])
  })

  it('says that the loss appears after the first epoch', () => {
    expect(lossFigure({ loss: mse, epochs: [], scheme: 'sign', scale: 'log' }, light).empty).toMatch(/first epoch/)
  })

  it('exports its title, axes and notes', () => {
    const svg = svgOf(lossFigure({ loss: mse, epochs: epochsOf([0.2, 0, 0.1, 0.05]), scheme: 'fp32', scale: 'log' }, light))
    for (const text of ['Loss', 'Epoch', 'Mean squared error', 'Range over 2 patterns', '≤ 0, not shown on a log axis']) {
      expect(svg).toContain(text)
    }
  })
})
