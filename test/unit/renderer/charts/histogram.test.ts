import { describe, expect, it } from 'vitest'
import { histogramFigure } from '../../../../src-renderer/charts/histogram.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

const histogram = { quantity: 'conductance' as const, edges: [0, 1, 2, 3], counts: [5, 0, 2], minus: [0, 1, 0], missing: 1 }

describe('histogramFigure', () => {
  it('leaves gaps at empty bins and counts values outside the bins', () => {
    const figure = histogramFigure({ histogram }, light)
    expect(seriesOf(figure)[0]!.data).toEqual([[0, 5], [1, 5], [1, null], [2, 2], [3, 2]])
    expect(figure.notes).toEqual(['gaps are empty bins', '1 value not finite, not counted'])
    expect(seriesOf(figure)[1]!.data).toEqual([[0, null], [1, 1], [2, 1], [2, null]])
    expect(figure.table()).toEqual({
      columns: ['From (µS)', 'To (µS)', 'G⁺ devices', 'G⁻ devices'], rows: [[0, 1, 5, 0], [1, 2, 0, 1], [2, 3, 2, 0]],
    })
  })

  it('ends the axis at readable numbers beyond the outermost bins', () => {
    const axisOf = (edges: number[]) => histogramFigure({ histogram: { ...histogram, edges } }, light).option.xAxis
    expect(axisOf([-0.18993, 0, 0.1, 0.18993])).toMatchObject({ min: -0.19, max: 0.19 })
    expect(axisOf([0, 4, 8, 12])).toMatchObject({ min: 0, max: 12 })
    expect(axisOf([-1, 0, 0.5, 1])).toMatchObject({ min: -1, max: 1 })
  })

  it('names what is counted', () => {
    expect(svgOf(histogramFigure({ histogram }, light))).toContain('Conductance (µS)')
    const weights = histogramFigure({ histogram: { ...histogram, quantity: 'weight', minus: null } }, light)
    expect(svgOf(weights)).toContain('Synapses per bin')
    expect(weights.table().columns).toEqual(['From', 'To', 'Synapses'])
  })
})
