import { describe, expect, it } from 'vitest'
import type { SynapseTraces } from '../../../../src-engine/analysis/observation.ts'
import { eligibilityChart, membraneChart, signalChart } from '../../../../src-engine/charts/synapse.ts'
import { light, marksOf, pairsOf } from './fixtures.ts'

const series = (...values: number[]) =>
  ({ steps: Uint16Array.from(values, (_, step) => step), values: Float32Array.from(values), bucket: 1 })

const traces: SynapseTraces = {
  layer: 'input', neuron: 4, presynaptic: 7, connected: true, threshold: series(0.5, 0.5, 0.75), spikes: Uint16Array.of(1),
  membrane: series(0, 0.75, 0.25), signal: series(1, -1, 0.5), eligibility: series(0, 0.25, 0.5), gradient: 0.125,
}
const data = { traces, steps: 3, dt: 2, isStored: false, epoch: null }

describe('the charts of one synapse', () => {
  it('show the membrane potential with threshold and spikes over time in milliseconds', () => {
    const chart = membraneChart(data, light)
    expect(pairsOf(marksOf(chart, 'line')[0]!)).toEqual([[0, 0], [2, 0.75], [4, 0.25]])
    expect(marksOf(chart, 'line')[1]).toMatchObject({ entry: 'Threshold', dash: 'dashed' })
    expect(pairsOf(marksOf(chart, 'line')[1]!)).toEqual([[0, 0.5], [2, 0.5], [4, 0.75]])
    expect(marksOf(chart, 'rug')).toMatchObject([{ entry: 'Spike', side: 'top', at: [2] }])
    expect(chart.table()).toEqual({
      columns: ['Time (ms)', 'Membrane potential', 'Threshold', 'Spike'], rows: [[0, 0, 0.5, 0], [2, 0.75, 0.5, 1], [4, 0.25, 0.75, 0]],
    })
    expect(chart.notes).toEqual(['neuron 4', '1 spike'])
  })

  it('name the synapse and its gradient', () => {
    expect(eligibilityChart(data, light).notes).toEqual(['input channel 7 → neuron 4: gradient 0.125'])
    const none = { ...traces, layer: 'recurrent' as const, presynaptic: 4, connected: false }
    expect(eligibilityChart({ ...data, traces: none }, light).notes).toEqual(['neuron 4 has no synapse to itself'])
  })

  it('say if steps are decimated', () => {
    const thinned = { ...traces, signal: { ...traces.signal, bucket: 10 } }
    expect(signalChart({ ...data, traces: thinned }, light).notes).toContain('only the minimum and maximum of every 10 steps are drawn')
  })

  it('say of which epoch recorded traces are, which have no gradient of their own', () => {
    const recorded = { ...data, traces: { ...traces, gradient: null }, isStored: true, epoch: 1200 }
    expect(membraneChart(recorded, light).notes).toEqual(['neuron 4', 'epoch 1200, pattern 1', '1 spike'])
    expect(eligibilityChart(recorded, light).notes).toEqual(['input channel 7 → neuron 4', 'epoch 1200, pattern 1'])
  })

  it('distinguish what was not recorded from a run without a sequence', () => {
    for (const make of [membraneChart, signalChart, eligibilityChart]) {
      expect(make({ ...data, traces: null, isStored: true }, light).empty).toMatch(/were not recorded/)
      expect(make({ ...data, traces: null }, light).empty).toMatch(/first sequence/)
      expect(make(data, light).empty).toBeNull()
      expect(make(data, light).plot.x).toMatchObject({ name: 'Time (ms)', to: 6 })
    }
  })
})
