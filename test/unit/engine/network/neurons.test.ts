import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { NeuronKind } from '../../../../src-engine/experiment/neurons/kind.ts'
import { lif as lifKind } from '../../../../src-engine/experiment/neurons/lif.ts'
import { neuronField, neuronKindOf, neuronKinds } from '../../../../src-engine/experiment/neurons/registry.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import type { Numbers } from '../../../../src-engine/kernels/kernels.ts'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { Eprop } from '../../../../src-engine/learning/eprop.ts'
import { equationsOf } from '../../../../src-engine/network/equations.ts'
import { present, SequenceRecord } from '../../../../src-engine/network/forward.ts'
import type { Neuron, NeuronRecord, RunningRecord } from '../../../../src-engine/network/neurons/neuron.ts'
import { neuronModelOf, neuronModels } from '../../../../src-engine/network/neurons/registry.ts'
import { DigitalWeights } from '../../../../src-engine/network/synapses.ts'
import { arithmetics, roomyKernels } from '../../../fixtures/kernels.ts'
import { meanSquaredError } from '../../../../src-engine/task/mean-squared-error.ts'

const { network, learning, conventions } = specSchema.parse({ network: { threshold: 1, tauRecurrent: 10 } })
const paper = equationsOf(network, conventions, 1)

/** Integrators without leak whose threshold rises by `rise` with each spike. A second model, in plain TypeScript. */
class Tiring implements Neuron {
  static readonly state = ['threshold']
  readonly traceDecay = 1
  readonly traceGain = 1
  readonly threshold = 1
  readonly refractorySteps = 0
  readonly #rise = 0.5

  step(t: number, { size: { neurons }, current, membrane, state, spikes, spikeCounts }: RunningRecord): void {
    let count = spikes.offsets[t]!
    for (let j = 0, k = t * neurons; j < neurons; j++, k++) {
      state.threshold![k] = t === 0 ? this.threshold : state.threshold![k - neurons]!
      membrane[k] = current[j]! + (t === 0 ? 0 : membrane[k - neurons]!)
      current[j] = 0
      if (membrane[k]! <= state.threshold![k]!) continue
      membrane[k]! -= state.threshold![k]!
      state.threshold![k]! += this.#rise
      spikes.neurons[count++] = j
      spikeCounts[j]! += 1
    }
    spikes.offsets[t + 1] = count
  }

  surrogates({ membrane, state }: NeuronRecord, psi: Numbers): number {
    for (let k = 0; k < psi.length; k++) psi[k] = Math.max(0, 1 - Math.abs(membrane[k]! - state.threshold![k]!))
    return psi.filter((value) => value === 0).length
  }
}

describe.each(arithmetics)('a second neuron model in %s', (arithmetic) => {
  const size = { steps: 8, inputs: 1, neurons: 3, outputs: 1 }
  const equations = { ...paper, neuron: new Tiring(), alpha: 1, traceGain: 1 }

  function presented() {
    const kernels = roomyKernels(arithmetic)
    const digital = (post: number, pre: number, weight: number) =>
      new DigitalWeights(post, pre, new Array(post * pre).fill(weight), kernels)
    const connections = { input: digital(3, 1, 0.75), recurrent: digital(3, 3, 0), output: digital(1, 3, 1) }
    const record = new SequenceRecord(size, kernels, Tiring.state)
    const input = rasterOf(size.steps, 1, () => true)
    present(input, connections, equations, record, { sequence: 1, presentedAt: 0, secondsPerStep: 1e-3, steps: size.steps })
    return { record, kernels }
  }

  it('presents a sequence with its own state and kernels', () => {
    const { record } = presented()
    // 0.75 per step from step 1: above 1 at step 2, above 1.5 at step 4, above 2 at step 7.
    expect([...record.spikes.toPairs()].filter((_, k) => k % 2 === 0)).toEqual([2, 2, 2, 4, 4, 4, 7, 7, 7])
    expect([...record.state.threshold!].filter((_, k) => k % 3 === 0)).toEqual([1, 1, 1.5, 1.5, 2, 2, 2, 2.5])
    expect([...record.spikeCounts]).toEqual([3, 3, 3])
  })

  it.each(['filtered', 'running'] as const)('learns by its own surrogate derivative, with %s gradients', (gradientForm) => {
    const { record, kernels } = presented()
    const eprop = new Eprop({
      ...size, secondsPerStep: 1e-3, equations, feedback: [1, 1, 1],
      findError: meanSquaredError.error, selfConnected: false, kernels,
      learning: { ...learning, regularisation: 0, gradientClip: 1e6, gradientForm },
    })
    const gradients = eprop.learn(new Array(size.steps).fill(0), record)
    const psi = Float64Array.from(record.membrane, (v, k) => Math.max(0, 1 - Math.abs(v - record.state.threshold![k]!)))
    expect(eprop.zeroSurrogates).toBe(psi.filter((value) => value === 0).length)
    // ē = κ·ē + ψ·x̄ with x̄[t] = t, since every step has a spike that arrives one step later.
    let [eligibility, expected] = [0, 0]
    for (let t = 0; t < size.steps; t++) {
      eligibility = equations.kappa * eligibility + psi[3 * t]! * t
      expected += record.output[t]! * eligibility
    }
    expect(gradients.input[0]).toBeCloseTo(expected, arithmetic === 'float64' ? 10 : 3)
  })
})

describe('the choice of a neuron model', () => {
  const second = {
    kind: 'tiring', title: 'Tiring', meaning: 'Its threshold rises with each spike',
    schema: z.strictObject({ kind: z.literal('tiring'), rise: z.number().default(0.5) }),
  } satisfies NeuronKind

  it('is no part of a spec while there is one model, which every spec means', () => {
    expect(neuronKinds).toEqual([lifKind])
    expect(neuronField()).toEqual({})
    expect(network).not.toHaveProperty('neuron')
    expect(neuronKindOf(network)).toBe('lif')
  })

  it('leaves specs of the first model as they are when there is a second', () => {
    const schema = z.strictObject(neuronField([lifKind, second]) )
    expect(schema.parse({})).toEqual({})
    expect(schema.parse({ neuron: { kind: 'tiring' } })).toEqual({ neuron: { kind: 'tiring', rise: 0.5 } })
    expect(schema.safeParse({ neuron: { kind: 'magic' } }).success).toBe(false)
  })

  it('has a law for every kind, and refuses another by name', () => {
    expect(neuronModels.map(({ kind }) => kind)).toEqual(neuronKinds.map(({ kind }) => kind))
    expect(() => neuronModelOf({ neuron: { kind: 'magic' } })).toThrow('There is no neuron model "magic". Choose lif.')
  })
})
