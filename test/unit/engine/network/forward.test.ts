import { describe, expect, it } from 'vitest'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { type Raster, rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { type Equations, equationsOf } from '../../../../src-engine/network/equations.ts'
import { present, SequenceRecord } from '../../../../src-engine/network/forward.ts'
import { LifNeuron, lifLaw } from '../../../../src-engine/network/neurons/lif.ts'
import { DigitalWeights } from '../../../../src-engine/network/synapses.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'

const network = { ...specSchema.parse({}).network, threshold: 1, tauRecurrent: 10, tauOutput: 20 }
const paper = equationsOf(network, { equations: 'paper', inputTrace: 'aligned' }, 1)

const spikesAt = (steps: number, spikes: [step: number, neuron: number][]) =>
  rasterOf(steps, 100, (t, i) => spikes.some(([step, neuron]) => step === t && neuron === i))

const presentation = { sequence: 1, presentedAt: 0, secondsPerStep: 1e-3, steps: 5 }

/** Presents `input` to a network of one input, one neuron and one readout. */
function run(input: Raster, weights: { input: number; recurrent?: number; output: number }, equations: Equations) {
  const record = new SequenceRecord({ steps: input.steps, inputs: 1, neurons: 1, outputs: 1 }, referenceKernels)
  const digital = (weight: number) => new DigitalWeights(1, 1, [weight], referenceKernels)
  const connections = {
    input: digital(weights.input),
    recurrent: digital(weights.recurrent ?? 0),
    output: digital(weights.output),
  }
  present(input, connections, equations, record, presentation)
  return record
}

describe('the network', () => {
  it('receives an input spike one step later and leaks with τ', () => {
    const { membrane } = run(spikesAt(4, [[0, 0]]), { input: 0.5, output: 1 }, paper)
    const alpha = Math.exp(-0.1)
    expect([...membrane]).toEqual([0, 0.5, 0.5, 0.5].map((v, t) => (t < 2 ? v : expect.closeTo(0.5 * alpha ** (t - 1), 14))))
  })

  it('spikes above the threshold and subtracts it, and the readout decays with its own τ', () => {
    const { membrane, spikes, output, spikeCounts } = run(spikesAt(4, [[0, 0]]), { input: 1.5, output: 2 }, paper)
    expect([...spikes.toPairs()]).toEqual([1, 0])
    expect(spikeCounts[0]).toBe(1)
    expect(membrane[2]).toBeCloseTo(1.5 * Math.exp(-0.1) - 1, 14)
    expect([...output]).toEqual([0, 2, expect.closeTo(2 * Math.exp(-0.05), 14), expect.closeTo(2 * Math.exp(-0.1), 14)])
  })

  it('spikes at the threshold in NEST\'s equations but not in the paper\'s', () => {
    const nest = equationsOf(network, { equations: 'nest', inputTrace: 'aligned' }, 1)
    expect(run(spikesAt(3, [[0, 0]]), { input: 1, output: 1 }, paper).spikeCounts[0]).toBe(0)
    const weight = 1 / (1 - nest.alpha)
    const law = lifLaw({ settings: network, conventions: { equations: 'nest' }, dt: 1 })
    const neuron = new LifNeuron({ ...law, threshold: (1 - nest.alpha) * weight })
    const record = run(spikesAt(3, [[0, 0]]), { input: weight, output: 1 }, { ...nest, neuron })
    expect([...record.spikes.toPairs()]).toEqual([0, 0])
    expect(record.output[0]).toBeCloseTo(1 - nest.kappa, 14)
  })

  it('starts each sequence from zero state', () => {
    const record = new SequenceRecord({ steps: 5, inputs: 1, neurons: 1, outputs: 1 }, referenceKernels)
    const synapse = (weight: number) => new DigitalWeights(1, 1, [weight], referenceKernels)
    const weights = { input: synapse(3), recurrent: synapse(0), output: synapse(1) }
    present(spikesAt(5, [[0, 0], [3, 0]]), weights, paper, record, presentation)
    const first = [record.membrane.slice(), record.output.slice(), record.spikes.toPairs(), record.spikeCounts.slice()]
    present(spikesAt(5, []), weights, paper, record, presentation)
    expect(record.spikes.spikes).toBe(0)
    present(spikesAt(5, [[0, 0], [3, 0]]), weights, paper, record, presentation)
    expect([record.membrane, record.output, record.spikes.toPairs(), record.spikeCounts]).toEqual(first)
  })
})

describe('a raster', () => {
  it('keeps every spike in order of time', () => {
    const spikes = Array.from({ length: 50 }, (_, k): [number, number] => [Math.floor(k / 10), k % 10])
    expect([...spikesAt(5, spikes).toPairs()]).toEqual(spikes.flat())
  })
})

describe('digital weights', () => {
  it('are clipped, and a missing self-connection stays 0', () => {
    const weights = new DigitalWeights(2, 2, [0.5, 0.5, 0.5, 0.5], referenceKernels, { clip: 1, selfConnected: false })
    for (let synapse = 0; synapse < 4; synapse++) weights.change(synapse, 0.8)
    expect([...weights.weights]).toEqual([0, 1, 1, 0])
    weights.change(1, -5)
    expect(weights.weights[1]).toBe(-1)
  })
})
