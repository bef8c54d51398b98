import { bytesOf, type Kernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Equations } from '../network/equations.ts'
import type { NetworkSize, SequenceRecord } from '../network/forward.ts'
import type { LearningSpec } from '../spec/spec.ts'
import { RunningTraces } from './running-traces.ts'

/** Gradients of one sequence, each [post][pre]. */
export interface Gradients {
  input: Numbers
  recurrent: Numbers
  output: Numbers
}

export interface EpropOptions extends NetworkSize {
  /** s */
  secondsPerStep: number
  equations: Equations
  learning: Pick<LearningSpec, 'regularisation' | 'targetRate' | 'gradientClip' | 'gradientForm'>
  /** Fixed random feedback B, [outputs][neurons]. */
  feedback: ArrayLike<number>
  /** False where a neuron is not its own presynaptic neuron: its gradient is 0. */
  selfConnected: boolean
  kernels: Kernels
}

/**
 * e-prop (Bellec et al. 2020) for one layer of LIF neurons with a leaky readout:
 * gradient_ji = Σ_t L_j[t]·ē_ji[t], ē = κ-filtered ψ_j·x̄_i, L_j = Σ_o B_oj·(y_o − y*_o) + c_reg·(f_j − f_0);
 * readout: Σ_t (y_o − y*_o)[t]·z̄^κ_j[t].
 *
 * Both filters can as well run backwards over the learning signal; then each presynaptic spike adds one row to the
 * gradient (form 'filtered'). 'running' keeps a trace for each synapse, as an online chip does: the same sums.
 */
export class Eprop {
  readonly gradients: Gradients
  readonly #options: EpropOptions
  readonly #feedback: Numbers
  /** ψ, [steps][neurons] */
  readonly #psi: Numbers
  /** L; in the filtered form later the weight of a presynaptic spike, [steps][neurons] */
  readonly #signal: Numbers
  /** y − y*, later the weight of a spike in the readout's gradient, [steps][outputs] */
  readonly #error: Numbers
  /** What regularisation adds to the learning signal at every step, [neurons]. */
  readonly #base: Numbers
  /** Gradient of the separate rate term per unit of trace, [neurons]. */
  readonly #ratePull: Numbers
  /** The learning signal filtered backwards, at one step, [neurons]. */
  readonly #filtered: Numbers
  /** Gradient of one layer while it is gathered, [pre][stride] or [post][pre]. */
  readonly #sums: Numbers
  readonly #running: RunningTraces | null

  constructor(options: EpropOptions) {
    const { steps, inputs, neurons, outputs, learning, kernels } = options
    const widest = Math.max(inputs, neurons)
    this.#options = options
    this.gradients = {
      input: new kernels.Numbers(neurons * inputs),
      recurrent: new kernels.Numbers(neurons * neurons),
      output: new kernels.Numbers(outputs * neurons),
    }
    this.#feedback = kernels.numbers(outputs * neurons)
    this.#feedback.set(options.feedback)
    this.#psi = kernels.numbers(steps * neurons)
    this.#signal = kernels.numbers(steps * neurons)
    this.#error = kernels.numbers(steps * outputs)
    this.#base = kernels.numbers(neurons)
    this.#ratePull = kernels.numbers(neurons)
    this.#filtered = kernels.numbers(neurons)
    this.#sums = kernels.numbers(widest * strideOf(Math.max(neurons, outputs)))
    this.#running = learning.gradientForm === 'running' ? new RunningTraces(options) : null
  }

  /** Bytes that it takes of the kernels' memory. */
  static bytes(size: NetworkSize, form: LearningSpec['gradientForm']): number {
    const { steps, inputs, neurons, outputs } = size
    return bytesOf(outputs * neurons) + 2 * bytesOf(steps * neurons) + bytesOf(steps * outputs) + 3 * bytesOf(neurons)
      + bytesOf(Math.max(inputs, neurons) * strideOf(Math.max(neurons, outputs)))
      + (form === 'running' ? RunningTraces.bytes(size) : 0)
  }

  /** Gradients of the sequence in `record`. @param target [steps][outputs] */
  learn(target: ArrayLike<number>, record: SequenceRecord): Gradients {
    const { equations, inputs, neurons, selfConnected } = this.#options
    const { gradients } = this
    this.#findError(target, record)
    this.#findSignal(record)
    this.#gather(record.input, inputs, equations.inputTraceDelay, gradients.input)
    this.#gather(record.spikes, neurons, 1, gradients.recurrent)
    this.#gatherReadout(record.spikes, gradients.output)
    if (!selfConnected) for (let j = 0; j < neurons; j++) gradients.recurrent[j * neurons + j] = 0
    return gradients
  }

  #findError(target: ArrayLike<number>, { output }: SequenceRecord): void {
    for (let k = 0; k < output.length; k++) this.#error[k] = output[k] - target[k]
  }

  /** ψ and L; in the filtered form L becomes what each presynaptic spike adds to the gradient. */
  #findSignal({ membrane, spikeCounts }: SequenceRecord): void {
    const { steps, neurons, outputs, equations, kernels } = this.#options
    kernels.surrogates(equations.threshold, equations.surrogatePeak, membrane, this.#psi)
    this.#findRateTerms(spikeCounts)
    kernels.learningSignals(steps, neurons, outputs, this.#base, this.#feedback, this.#error, this.#signal)
    if (this.#running) return
    kernels.foldSignals(
      steps, neurons, equations.kappa, equations.filterGain, equations.alpha,
      this.#ratePull, this.#psi, this.#signal, this.#filtered,
    )
  }

  #findRateTerms(spikeCounts: Uint32Array): void {
    const { steps, neurons, secondsPerStep, equations, learning } = this.#options
    const duration = steps * secondsPerStep
    for (let j = 0; j < neurons; j++) {
      const rateError = spikeCounts[j] / duration - learning.targetRate
      this.#base[j] = equations.rateTerm === 'signal' ? learning.regularisation * rateError : 0
      // NEST counts rates in spikes per step and averages over the steps.
      this.#ratePull[j] = equations.rateTerm === 'separate' ? (learning.regularisation * rateError * secondsPerStep) / steps : 0
    }
  }

  #gather(spikes: Raster, width: number, delay: 0 | 1, gradient: Numbers): void {
    const { neurons, equations, learning, kernels } = this.#options
    this.#sums.fill(0)
    if (this.#running) {
      const given = { psi: this.#psi, signal: this.#signal, ratePull: this.#ratePull, sums: this.#sums }
      this.#running.gather(spikes, width, delay, given)
      clip(this.#sums, learning.gradientClip, gradient)
    } else {
      kernels.gatherSpikes(spikes, delay, neurons, equations.traceGain, this.#signal, this.#sums)
      clipTransposed(this.#sums, neurons, width, learning.gradientClip, gradient)
    }
  }

  /** The error filtered backwards as the readout decays, gathered by the spikes. */
  #gatherReadout(spikes: Raster, gradient: Numbers): void {
    const { neurons, outputs, equations, learning, kernels } = this.#options
    for (let k = this.#error.length - 1 - outputs; k >= 0; k--) this.#error[k] += equations.kappa * this.#error[k + outputs]
    this.#sums.fill(0)
    kernels.gatherSpikes(spikes, 0, outputs, equations.filterGain, this.#error, this.#sums)
    clipTransposed(this.#sums, outputs, neurons, learning.gradientClip, gradient)
  }
}

function clip(values: Numbers, limit: number, into: Numbers): void {
  for (let k = 0; k < into.length; k++) into[k] = Math.min(Math.max(values[k], -limit), limit)
}

/** From [pre][stride] to [post][pre], clipped. */
function clipTransposed(values: Numbers, post: number, pre: number, limit: number, into: Numbers): void {
  const stride = strideOf(post)
  for (let j = 0, k = 0; j < post; j++) {
    for (let i = 0; i < pre; i++, k++) into[k] = Math.min(Math.max(values[i * stride + j], -limit), limit)
  }
}
