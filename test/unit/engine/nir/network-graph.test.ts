import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import type { SpecInput } from '../../../../src-engine/experiment/spec.ts'
import type { NirGraph } from '../../../../src-engine/nir/graph.ts'
import { whyNotNir } from '../../../../src-engine/nir/laws.ts'
import { networkGraph } from '../../../../src-engine/nir/network-graph.ts'
import { nextBelow } from '../../../../src-engine/nir/next-below.ts'

const specOf = (over: SpecInput) => parseSpec({
  ...over,
  task: { inputChannels: 3, ...over.task },
  network: { recurrentNeurons: 2, threshold: 0.25, ...over.network },
} as SpecInput, 'test')
const weights = { input: [1, 2, 3, 4, 5, 6], recurrent: [0, 0.5, -0.5, 0], output: [7, 8] }

const values = (graph: NirGraph, node: string, parameter: string) =>
  [...graph.nodes[node]!.parameters[parameter]!.values].map(Number)

describe('the graph of a network', () => {
  it('has the weights of every layer, and the threshold on the diagonal in the exact form only', () => {
    const exact = networkGraph(specOf({}), weights, 'exact')
    expect(exact.nodes.w_in!.parameters.weight!).toEqual({ shape: [2, 3], values: Float64Array.from(weights.input) })
    expect(exact.nodes['neurons.w_rec']!.parameters.weight!)
      .toEqual({ shape: [2, 2], values: Float64Array.of(-0.25, 0.5, -0.5, -0.25) })
    expect(exact.nodes.w_out!.parameters.weight!).toEqual({ shape: [1, 2], values: Float64Array.from(weights.output) })
    const lif = networkGraph(specOf({}), weights, 'lif')
    expect(lif.nodes['neurons.w_rec']!.parameters.weight!).toEqual({ shape: [2, 2], values: Float32Array.from(weights.recurrent) })
  })

  it('connects all of its nodes, and the neurons to themselves', () => {
    for (const form of ['exact', 'lif'] as const) {
      const { nodes, edges } = networkGraph(specOf({}), weights, form)
      expect(new Set(edges.flat())).toEqual(new Set(Object.keys(nodes)))
      const after = (name: string) => edges.filter(([from]) => from === name).map(([, to]) => to)
      const reached = new Set(['input'])
      for (const name of reached) for (const next of after(name)) reached.add(next)
      expect(reached).toEqual(new Set(Object.keys(nodes)))
      expect(after(after('neurons.w_rec')[0]!)).toContain(form === 'exact' ? 'neurons.spikes' : 'neurons.w_rec')
    }
  })

  it('decays by α and weighs currents by g in one Euler step, for any time constants', () => {
    const time = fc.double({ min: 0.2, max: 1000, noNaN: true })
    fc.assert(fc.property(time, time, fc.constantFrom('paper', 'nest'), (tauRecurrent, tauOutput, equations) => {
      const spec = specOf({ network: { tauRecurrent, tauOutput }, conventions: { equations } })
      const graph = networkGraph(spec, weights, 'exact')
      for (const [node, timeConstant] of [['neurons.membrane', tauRecurrent], ['readout', tauOutput]] as const) {
        const [tau, r] = [values(graph, node, 'tau')[0]!, values(graph, node, 'r')[0]!]
        const decay = Math.exp(-spec.task.dt / timeConstant)
        expect(1 - 0.001 / tau).toBeCloseTo(decay, 12)
        expect((0.001 / tau) * r).toBeCloseTo(equations === 'paper' ? 1 : 1 - decay, 12)
        expect(values(graph, node, 'v_leak')[0]).toBe(0)
      }
      const gain = (0.001 / values(graph, 'neurons.membrane', 'tau')[0]!) * values(graph, 'neurons.membrane', 'r')[0]!
      expect(gain * values(graph, 'neurons.w_rec', 'weight')[0]!).toBeCloseTo(-0.25, 12)
    }))
  })

  it('has a threshold that v > threshold reaches as the network does', () => {
    const paper = networkGraph(specOf({}), weights, 'exact')
    expect(values(paper, 'neurons.spikes', 'threshold')).toEqual([0.25, 0.25])
    const nest = networkGraph(specOf({ conventions: { equations: 'nest' } }), weights, 'exact')
    expect(values(nest, 'neurons.spikes', 'threshold')).toEqual([0.25 - 2 ** -55, 0.25 - 2 ** -55])
  })

  it('is refused with a refractory time, and with neurons of another kind', () => {
    const refractory = specOf({ network: { refractoryTime: 2 } })
    expect(whyNotNir(refractory)).toMatch(/refractory time, and that of this run is 2 ms/)
    expect(() => networkGraph(refractory, weights, 'lif')).toThrow(RangeError)
    const spec = specOf({})
    const other = { ...spec, network: { ...spec.network, neuron: { kind: 'adaptive' } } }
    expect(whyNotNir(other)).toBe('NIR cannot express neurons of the kind "adaptive". Choose "Leaky integrate-and-fire".')
    expect(whyNotNir(spec)).toBeNull()
  })
})

it('the next number below another has none between', () => {
  fc.assert(fc.property(fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true }), (number) => {
    const below = nextBelow(number)
    expect(below).toBeLessThan(number)
    const middle = below + (number - below) / 2
    expect(middle === below || middle === number).toBe(true)
  }))
})
