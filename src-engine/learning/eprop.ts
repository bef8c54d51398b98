import { bytesOf, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { NetworkSize, SequenceRecord } from '../network/forward.ts'
import type { LayerName } from '../experiment/layers.ts'
import type { LearningSpec } from '../experiment/spec.ts'
import { clipTransposed, type EpropOptions, type GradientForm } from './gradient-form.ts'
import { RunningTraces } from './running-traces.ts'
import { SpikeWeights } from './spike-weights.ts'

/** Gradients of one sequence by layer, each [post][pre]. */
export type Gradients = Record<LayerName, Numbers>

/**
 * e-prop (Bellec et al. 2020) for one layer of neurons with a leaky readout.
 * Recurrent neurons: gradient_ji = Σ_t L_j[t]·ē_ji[t], where ē_ji is ψ_j·x̄_i filtered by κ and
 * L_j = Σ_o B_oj·(y_o − y*_o) + c_reg·(f_j − f_0). Readout: gradient_oj = Σ_t (y_o − y*_o)[t]·z̄^κ_j[t].
 */
export class Eprop {
  readonly gradients: Gradients
  /** Number of neuron-steps of the last sequence with ψ = 0, which no gradient passes. */
  zeroSurrogates = 0
  readonly #options: EpropOptions
  readonly #form: GradientForm
  readonly #feedback: Numbers
  /** Error of the readout, [steps][outputs]. Gathering the readout gradient turns it into the weight of a spike in that gradient. */
  readonly #error: Numbers
  readonly #base: Numbers
  readonly #ratePull: Numbers
  /** Sums of the readout gradient before transposition, [neurons][stride]. */
  readonly #readoutSums: Numbers

  constructor(options: EpropOptions) {
    const { steps, inputs, neurons, outputs, learning, kernels } = options
    this.#options = options
    this.gradients = {
      input: new kernels.Numbers(neurons * inputs),
      recurrent: new kernels.Numbers(neurons * neurons),
      output: new kernels.Numbers(outputs * neurons),
    }
    this.#form = learning.gradientForm === 'running' ? new RunningTraces(options) : new SpikeWeights(options)
    this.#feedback = kernels.numbers(outputs * neurons)
    this.#feedback.set(options.feedback)
    this.#error = kernels.numbers(steps * outputs)
    this.#base = kernels.numbers(neurons)
    this.#ratePull = kernels.numbers(neurons)
    this.#readoutSums = kernels.numbers(neurons * strideOf(outputs))
  }

  /** Bytes of kernel memory that e-prop needs. */
  static bytes(size: NetworkSize, form: LearningSpec['gradientForm']): number {
    const { steps, neurons, outputs } = size
    return bytesOf(outputs * neurons) + bytesOf(steps * outputs) + 2 * bytesOf(neurons) + bytesOf(neurons * strideOf(outputs))
      + (form === 'running' ? RunningTraces.bytes(size) : SpikeWeights.bytes(size))
  }

  /** Computes the gradients of the sequence in `record`. The next call overwrites them. @param target [steps][outputs] */
  learn(target: ArrayLike<number>, record: SequenceRecord): Gradients {
    const { equations, inputs, neurons, selfConnected } = this.#options
    const { gradients } = this
    this.#options.findError(record.output, target, this.#error)
    this.#findRateTerms(record)
    this.zeroSurrogates = equations.neuron.surrogates(record, this.#form.psi)
    this.#form.begin({ error: this.#error, feedback: this.#feedback, base: this.#base, ratePull: this.#ratePull })
    this.#form.gather(record.input, inputs, equations.inputTraceDelay, gradients.input)
    this.#form.gather(record.spikes, neurons, 1, gradients.recurrent)
    this.#gatherReadout(record, gradients.output)
    if (!selfConnected) for (let j = 0; j < neurons; j++) gradients.recurrent[j * neurons + j] = 0
    return gradients
  }

  #findRateTerms({ spikeCounts }: SequenceRecord): void {
    const { steps, neurons, secondsPerStep, equations, learning } = this.#options
    const duration = steps * secondsPerStep
    for (let j = 0; j < neurons; j++) {
      const rateError = spikeCounts[j]! / duration - learning.targetRate
      this.#base[j] = equations.rateTerm === 'signal' ? learning.regularisation * rateError : 0
      // NEST counts rates in spikes per step and averages over the steps.
      this.#ratePull[j] = equations.rateTerm === 'separate' ? (learning.regularisation * rateError * secondsPerStep) / steps : 0
    }
  }

  /** Filters the error backwards with the decay κ of the readout and sums it at the spikes. */
  #gatherReadout({ spikes }: SequenceRecord, gradient: Numbers): void {
    const { neurons, outputs, equations, learning, kernels } = this.#options
    for (let k = this.#error.length - 1 - outputs; k >= 0; k--) this.#error[k]! += equations.kappa * this.#error[k + outputs]!
    this.#readoutSums.fill(0)
    kernels.gatherSpikes(spikes, 0, outputs, equations.filterGain, this.#error, this.#readoutSums)
    clipTransposed(this.#readoutSums, outputs, neurons, learning.gradientClip, gradient)
  }
}
