import { describe, expect, it } from 'vitest'
import { spikeCounts, spikeMarks } from '../../../../src-engine/analysis/spikes.ts'
import { rasterChart } from '../../../../src-engine/charts/raster.ts'
import { ratesChart } from '../../../../src-engine/charts/rates.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

/** Every neuron fires at every step. */
const grid = (neurons: number, steps: number) => Uint16Array.from({ length: 2 * neurons * steps }, (_, index) => {
  const spike = index >> 1
  return index % 2 === 1 ? spike % neurons : Math.floor(spike / neurons)
})

const spikeData = (spikes: Uint16Array, neurons: number, steps: number) =>
  ({ marks: spikeMarks(spikes, neurons, steps), counts: spikeCounts(spikes, neurons), neurons, steps, dt: 1 })

describe('rasterChart', () => {
  it('draws every one of 20,000 spikes', () => {
    const chart = rasterChart(spikeData(grid(100, 200), 100, 200), light)
    expect(marksOf(chart, 'raster')[0]!.x).toHaveLength(20_000)
    expect(chart.notes).toEqual(['20\u202f000 spikes'])
  })

  it('lists times in milliseconds', () => {
    const chart = rasterChart({ ...spikeData(Uint16Array.of(3, 1, 8, 0), 2, 10), dt: 0.5 }, light)
    expect(chart.table().rows).toEqual([[1.5, 1], [4, 0]])
    expect(pairsOf(marksOf(chart, 'raster')[0]!)).toEqual([[1.5, 1], [4, 0]])
  })

  it('counts in steps, and gives no rates, if the time step is not known', () => {
    const data = { ...spikeData(Uint16Array.of(3, 1, 8, 0), 2, 10), dt: null }
    expect(rasterChart(data, light).table()).toEqual({ columns: ['Step', 'Neuron'], rows: [[3, 1], [8, 0]] })
    expect(rasterChart(data, light).plot.x).toMatchObject({ name: 'Step', to: 10 })
    const rates = ratesChart({ ...data, targetRate: null }, light)
    expect(rates).toMatchObject({ empty: 'The time step of this run cannot be read.', notes: [] })
    expect(rates.table().rows).toEqual([])
  })

  it('distinguishes silence from missing data', () => {
    const silent = spikeData(new Uint16Array(), 2, 10)
    expect(rasterChart(silent, light)).toMatchObject({ empty: null, notes: ['0 spikes'] })
    expect(rasterChart({ ...silent, marks: null }, light).empty).not.toBeNull()
  })

  it('counts all spikes if several share a mark, and says so', () => {
    const { notes } = rasterChart(spikeData(grid(300, 500), 300, 500), light)
    expect(notes).toEqual(['150\u202f000 spikes', 'spikes within 1 step × 2 neurons share a mark'])
  })
})

describe('ratesChart', () => {
  it('sorts neurons by rate and shows the mean rate and the number of silent neurons', () => {
    const spikes = Uint16Array.of(0, 2, 1, 2, 2, 0)
    const chart = ratesChart({ ...spikeData(spikes, 3, 1000), targetRate: 12 }, light)
    expect(chart.table().rows).toEqual([[1, 2, 2], [2, 0, 1], [3, 1, 0]])
    expect(chart.notes).toEqual(['mean 1.00 Hz', '1 neuron silent'])
    expect(marksOf(chart, 'bars')).toMatchObject([{ edges: [0, 1, 2, 3], values: [2, 1, 0] }])
    expect(marksOf(chart, 'rule')).toMatchObject([{ y: 12, entry: 'Target 12 Hz' }])
    expect(chart.key).toMatchObject([{ text: 'Target 12 Hz', dash: 'dashed' }])
  })
})
