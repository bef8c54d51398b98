import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Kernels } from '../../../../src-engine/kernels/kernels.ts'
import { referenceKernels } from '../../../../src-engine/kernels/reference.ts'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { Eprop } from '../../../../src-engine/learning/eprop.ts'
import { equationsOf } from '../../../../src-engine/network/equations.ts'
import { present, SequenceRecord } from '../../../../src-engine/network/forward.ts'
import { DigitalWeights } from '../../../../src-engine/network/synapses.ts'
import { Stream } from '../../../../src-engine/random/stream.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'
import { meanSquaredError } from '../../../../src-engine/task/mean-squared-error.ts'

const sizes = { steps: 40, inputs: 5, neurons: 6, outputs: 2 }
const network = { ...specSchema.parse({}).network, threshold: 0.5, tauRecurrent: 8, tauOutput: 12 }

interface Variant {
  equations?: 'paper' | 'nest'
  inputTrace?: 'aligned' | 'early'
  gradientForm?: 'filtered' | 'running'
  gradientClip?: number
  selfConnected?: boolean
}

/** Presents one sequence to a small random network and computes its gradients. */
function learn(seed: number, variant: Variant = {}, kernels: Kernels = referenceKernels) {
  const { equations = 'paper', inputTrace = 'aligned', gradientForm = 'filtered' } = variant
  const { gradientClip = Infinity, selfConnected = false } = variant
  const { steps, inputs, neurons, outputs } = sizes
  const draws = new Stream(seed, 'initial weight')
  const matrix = (post: number, pre: number, layer: number) =>
    new DigitalWeights(post, pre, Array.from({ length: post * pre }, (_, k) => 0.5 * draws.normal(k, layer)), kernels)
  const input = rasterOf(steps, inputs, (t, i) => draws.uniform(t, 100 + i) < 0.3)
  const equationsUsed = equationsOf(network, { equations, inputTrace }, 1)
  const record = new SequenceRecord(sizes, kernels)
  const layers = {
    input: matrix(neurons, inputs, 0),
    recurrent: matrix(neurons, neurons, 1),
    output: matrix(outputs, neurons, 2),
  }
  present(input, layers, equationsUsed, record, { sequence: 1, presentedAt: 0, secondsPerStep: 1e-3, steps })
  const target = Float64Array.from({ length: steps * outputs }, (_, k) => draws.normal(k, 3))
  const feedback = Float64Array.from({ length: outputs * neurons }, (_, k) => draws.normal(k, 4))
  const learning = { regularisation: 0.01, targetRate: 12, gradientClip, gradientForm }
  const eprop = new Eprop({
    ...sizes, secondsPerStep: 1e-3, equations: equationsUsed, learning, feedback,
    findError: meanSquaredError.error, selfConnected, kernels,
  })
  return { gradients: eprop.learn(target, record), record, input, target, feedback, equations: equationsUsed }
}

/** Σ_t L_j[t]·ē_ji[t] for one input synapse, written exactly as in arXiv 2108.01804. */
function definition({ record, input, target, feedback, equations }: ReturnType<typeof learn>, j: number, i: number): number {
  const { steps, neurons, outputs } = sizes
  const rate = record.spikeCounts[j]! / (steps * 1e-3)
  let [trace, eligibility, gradient] = [0, 0, 0]
  for (let t = 0; t < steps; t++) {
    const spiked = t > 0 && input.neurons.slice(input.offsets[t - 1], input.offsets[t]).includes(i)
    trace = equations.alpha * trace + Number(spiked)
    const v = record.membrane[t * neurons + j]!
    const psi = 0.3 * Math.max(0, 1 - Math.abs(v - 0.5) / 0.5)
    eligibility = equations.kappa * eligibility + psi * trace
    let signal = 0.01 * (rate - 12)
    for (let o = 0; o < outputs; o++) {
      signal += feedback[o * neurons + j]! * (record.output[t * outputs + o]! - target[t * outputs + o]!)
    }
    gradient += signal * eligibility
  }
  return gradient
}

describe('e-prop', () => {
  it('equals the sum in the paper', () => {
    fc.assert(fc.property(fc.nat(), fc.nat(sizes.neurons - 1), fc.nat(sizes.inputs - 1), (seed, j, i) => {
      const sequence = learn(seed)
      expect(sequence.gradients.input[j * sizes.inputs + i]).toBeCloseTo(definition(sequence, j, i), 9)
    }), { numRuns: 50 })
  })

  it.each(['paper', 'nest'] as const)('gives the same gradients in both forms, with the equations of %s', (equations) => {
    fc.assert(fc.property(fc.nat(), (seed) => {
      const filtered = learn(seed, { equations }).gradients
      const running = learn(seed, { equations, gradientForm: 'running' }).gradients
      for (const layer of ['input', 'recurrent', 'output'] as const) {
        filtered[layer].forEach((value, k) => expect(value).toBeCloseTo(running[layer][k]!, 9))
      }
    }), { numRuns: 30 })
  })

  it.each(['filtered', 'running'] as const)('agrees with the fast path to float32 precision, %s', (gradientForm) => {
    fc.assert(fc.property(fc.nat(), fc.constantFrom('paper' as const, 'nest' as const), (seed, equations) => {
      const [reference, fast] = arithmetics.map((arithmetic) =>
        learn(seed, { equations, gradientForm }, roomyKernels(arithmetic)))
      // If rounding decides a spike, the two are different sequences.
      fc.pre(reference!.record.spikes.toPairs().join() === fast!.record.spikes.toPairs().join())
      const layers = ['input', 'recurrent', 'output'] as const
      const largestOf = (layer: typeof layers[number]) => Math.max(...reference!.gradients[layer].map(Math.abs))
      // Large readout errors can nearly cancel in the sums of a layer, but their rounding errors remain.
      const rounding = 1e-7 * Math.max(...layers.map(largestOf))
      for (const layer of layers) {
        const largest = largestOf(layer)
        fast!.gradients[layer].forEach((value, k) => {
          expect(Math.abs(value - reference!.gradients[layer][k]!)).toBeLessThanOrEqual(5e-6 * largest + rounding)
        })
      }
    }), { numRuns: 30 })
  })

  it('changes only the input gradient if the input trace is early', () => {
    const [aligned, early] = (['aligned', 'early'] as const).map((inputTrace) => learn(3, { inputTrace }).gradients)
    expect(early!.recurrent).toEqual(aligned!.recurrent)
    expect(early!.input).not.toEqual(aligned!.input)
  })

  it('clips each summed gradient and gives 0 on a masked diagonal', () => {
    const { gradients } = learn(5, { gradientClip: 0.5 })
    const values = Object.values(gradients).flatMap((gradient) => [...gradient])
    for (const value of values) expect(Math.abs(value)).toBeLessThanOrEqual(0.5)
    expect(Math.max(...gradients.output)).toBe(0.5)
    for (let j = 0; j < sizes.neurons; j++) expect(gradients.recurrent[j * sizes.neurons + j]).toBe(0)
    const selfConnected = learn(5, { selfConnected: true }).gradients.recurrent
    const diagonal = Array.from({ length: sizes.neurons }, (_, j) => selfConnected[j * sizes.neurons + j])
    expect(diagonal.some((g) => g !== 0)).toBe(true)
  })
})
