import { describe, expect, it } from 'vitest'
import { histogramChart } from '../../../../src-engine/charts/histogram.ts'
import { ridgesChart } from '../../../../src-engine/charts/ridges.ts'
import { light, marksOf } from './fixtures.ts'

const histogram = { quantity: 'conductance' as const, edges: [0, 1, 2, 3], counts: [5, 0, 2], minus: [0, 1, 0], missing: 1 }

describe('histogramChart', () => {
  it('says that gaps are empty bins and counts values outside the bins', () => {
    const chart = histogramChart({ histogram }, light)
    expect(marksOf(chart, 'bars')).toMatchObject([
      { entry: 'G⁺', edges: [0, 1, 2, 3], values: [5, 0, 2] }, { entry: 'G⁻', edges: [0, 1, 2, 3], values: [0, 1, 0] },
    ])
    expect(chart.notes).toEqual(['gaps are empty bins', '1 value not finite, not counted'])
    expect(chart.table()).toEqual({
      columns: ['From (µS)', 'To (µS)', 'G⁺ devices', 'G⁻ devices'], rows: [[0, 1, 5, 0], [1, 2, 0, 1], [2, 3, 2, 0]],
    })
  })

  it('names what is counted', () => {
    expect(histogramChart({ histogram }, light).plot.x.name).toBe('Conductance (µS)')
    const weights = histogramChart({ histogram: { ...histogram, quantity: 'weight', minus: null } }, light)
    expect(weights.plot.y.name).toBe('Synapses per bin')
    expect(weights.key).toEqual([])
    expect(weights.table().columns).toEqual(['From', 'To', 'Synapses'])
  })
})

describe('ridgesChart', () => {
  const snapshots = [1, 20].map((epoch) => ({ epoch, histogram: { ...histogram, minus: [0, 0, 3] } }))
  it('has a ridge of G⁺ and of G⁻ for each snapshot, not beyond the bins', () => {
    const chart = ridgesChart({ snapshots, total: 40 }, light)
    expect(chart.plot.y).toMatchObject({ name: 'Epoch', categories: ['1', '20'] })
    const ridges = marksOf(chart, 'density')
    expect(ridges.map(({ row, entry }) => [row, entry])).toEqual([[0, 'G⁺'], [0, 'G⁻'], [1, 'G⁺'], [1, 'G⁻']])
    expect([ridges[0]!.x[0], ridges[0]!.x[160]]).toEqual([0, 3])
    const kernels = 'ridges: Gaussian kernels, bandwidth 1.00 µS (Silverman), each as high as its row allows'
    expect(chart.notes).toEqual([kernels, '2 of 40 snapshots'])
    expect(chart.table().rows[0]!.slice(0, 3)).toEqual([1, 'G⁺', 0])
  })

  it('is of weights for a digital scheme, and empty without snapshots', () => {
    const weights = snapshots.map((each) => ({ ...each, histogram: { ...histogram, quantity: 'weight' as const, minus: null } }))
    const chart = ridgesChart({ snapshots: weights, total: 2 }, light)
    expect([chart.plot.x.name, chart.key, chart.notes.length]).toEqual(['Weight', [], 1])
    expect(ridgesChart({ snapshots: [], total: 0 }, light).empty).not.toBe(null)
  })
})
