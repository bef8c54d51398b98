import { describe, expect, it } from 'vitest'
import { synapseHistogram } from '../../../../src-engine/analysis/synapse-histogram.ts'

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0)

describe('a histogram of synapses', () => {
  it('joins the devices of all crossbars over the whole conductance range, G⁺ and G⁻ apart', () => {
    const histogram = synapseHistogram([
      { kind: 'conductance', name: 'input', shape: [1, 1, 1, 2], data: Float32Array.of(0, 12) },
      { kind: 'conductance', name: 'output', shape: [1, 1, 1, 2], data: Float32Array.of(6.1, 30) },
      { kind: 'pulses.set', name: 'input', shape: [1, 1, 1, 2], data: Uint32Array.of(5, 5) },
    ], 12)!
    expect([histogram.quantity, histogram.edges[0], histogram.edges.at(-1), histogram.missing]).toEqual(['conductance', 0, 12, 0])
    expect([histogram.counts[0], histogram.counts[30], histogram.counts.at(-1)]).toEqual([1, 1, 0])
    expect([histogram.minus![0], histogram.minus!.at(-1)]).toEqual([0, 2])
  })

  it('counts a NaN as missing unless it is a masked self-connection', () => {
    const data = Float32Array.of(NaN, 0.5, NaN, NaN)
    const recurrent = { kind: 'weight', name: 'recurrent', shape: [2, 2], data }
    expect(synapseHistogram([recurrent], 12)).toMatchObject({ quantity: 'weight', missing: 1 })
    expect(synapseHistogram([{ ...recurrent, name: 'input' }], 12)).toMatchObject({ missing: 3 })
    const devices = { kind: 'conductance', name: 'recurrent', shape: [2, 2, 1, 2], data: new Float32Array(8).fill(NaN) }
    expect(synapseHistogram([devices], 12)).toMatchObject({ missing: 4 })
  })

  it('is symmetric for weights, even if all are zero', () => {
    const zeros = { kind: 'weight', name: 'input', shape: [1, 2], data: new Float32Array(2) }
    expect(total(synapseHistogram([zeros], 12)!.counts)).toBe(2)
    const { edges } = synapseHistogram([{ ...zeros, data: Float32Array.of(-0.5, 0.25) }], 12)!
    expect([edges[0], edges.at(-1)]).toEqual([-0.5, 0.5])
  })

  it('is null if there are neither weights nor conductances', () => {
    expect(synapseHistogram([], 12)).toBeNull()
  })
})
