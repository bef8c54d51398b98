import { describe, expect, it } from 'vitest'
import type { SynapseTraces } from '../../../../src-engine/analysis/observation.ts'
import { eligibilityFigure, membraneFigure, signalFigure } from '../../../../src-renderer/charts/synapse.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

const series = (...values: number[]) =>
  ({ steps: Uint16Array.from(values, (_, step) => step), values: Float32Array.from(values), bucket: 1 })

const traces: SynapseTraces = {
  layer: 'input', neuron: 4, presynaptic: 7, connected: true, threshold: 0.5, spikes: Uint16Array.of(1),
  membrane: series(0, 0.75, 0.25), signal: series(1, -1, 0.5), eligibility: series(0, 0.25, 0.5), gradient: 0.125,
}
const data = { traces, steps: 3, dt: 2, isStored: false }

describe('the figures of one synapse', () => {
  it('show the membrane potential with threshold and spikes over time in milliseconds', () => {
    const figure = membraneFigure(data, light)
    const [v, threshold, spikes] = seriesOf(figure)
    expect(v!.data).toEqual([[0, 0], [2, 0.75], [4, 0.25]])
    expect(threshold!.data).toEqual([[0, 0.5], [6, 0.5]])
    expect(spikes!.data).toEqual([[2, 0.96]])
    expect(figure.table()).toEqual({ columns: ['Time (ms)', 'Membrane potential', 'Spike'], rows: [[0, 0, 0], [2, 0.75, 1], [4, 0.25, 0]] })
    expect(figure.notes).toEqual(['neuron 4', '1 spike'])
  })

  it('name the synapse and its gradient', () => {
    expect(eligibilityFigure(data, light).notes).toEqual(['input channel 7 → neuron 4: gradient 0.125'])
    const none = { ...traces, layer: 'recurrent' as const, presynaptic: 4, connected: false }
    expect(eligibilityFigure({ ...data, traces: none }, light).notes).toEqual(['neuron 4 has no synapse to itself'])
  })

  it('say if steps are decimated', () => {
    const thinned = { ...traces, signal: { ...traces.signal, bucket: 10 } }
    expect(signalFigure({ ...data, traces: thinned }, light).notes).toContain('only the minimum and maximum of every 10 steps are drawn')
  })

  it('distinguish a snapshot from a run without a sequence', () => {
    for (const figure of [membraneFigure, signalFigure, eligibilityFigure]) {
      expect(figure({ ...data, traces: null, isStored: true }, light).empty).toMatch(/only while a run is live/)
      expect(figure({ ...data, traces: null }, light).empty).toMatch(/first sequence/)
      expect(figure(data, light).empty).toBeNull()
      expect(svgOf(figure(data, light))).toContain('Time (ms)')
    }
  })
})
