import { addOuterProducts, addRunningTraces, filterBackwards } from '../kernels/gradient.ts'
import type { Equations } from '../network/equations.ts'
import type { SequenceRecord } from '../network/forward.ts'
import type { Raster } from '../kernels/raster.ts'
import type { LearningSpec } from '../spec/spec.ts'

/** Gradients of one sequence, each [post][pre]. */
export interface Gradients {
  input: Float64Array
  recurrent: Float64Array
  output: Float64Array
}

export interface EpropOptions {
  steps: number
  inputs: number
  neurons: number
  outputs: number
  /** s */
  secondsPerStep: number
  equations: Equations
  learning: Pick<LearningSpec, 'regularisation' | 'targetRate' | 'gradientClip' | 'gradientForm'>
  /** Fixed random feedback B, [outputs][neurons]. */
  feedback: Float64Array
  /** False where a neuron is not its own presynaptic neuron: its gradient is 0. */
  selfConnected: boolean
}

/**
 * e-prop (Bellec et al. 2020) for one layer of LIF neurons with a leaky readout:
 * gradient_ji = Σ_t L_j[t]·ē_ji[t], ē = κ-filtered ψ_j·x̄_i, L_j = Σ_o B_oj·(y_o − y*_o) + c_reg·(f_j − f_0);
 * readout: Σ_t (y_o − y*_o)[t]·z̄^κ_j[t].
 */
export class Eprop {
  readonly gradients: Gradients
  readonly #options: EpropOptions
  /** ψ, [steps][neurons] */
  readonly #psi: Float64Array
  /** L, later ψ∘L̃, [steps][neurons] */
  readonly #signal: Float64Array
  /** Presynaptic traces, [steps][inputs or neurons] */
  readonly #trace: Float64Array
  /** y − y*, [steps][outputs] */
  readonly #error: Float64Array
  /** Gradient of the separate rate term per unit of trace, [neurons]. */
  readonly #ratePull: Float64Array
  /** Eligibility traces of the running form, [post][pre]; empty in the filtered form. */
  readonly #running: Float64Array

  constructor(options: EpropOptions) {
    const { steps, inputs, neurons, outputs } = options
    const widest = Math.max(inputs, neurons)
    this.#options = options
    this.gradients = {
      input: new Float64Array(neurons * inputs),
      recurrent: new Float64Array(neurons * neurons),
      output: new Float64Array(outputs * neurons),
    }
    this.#psi = new Float64Array(steps * neurons)
    this.#signal = new Float64Array(steps * neurons)
    this.#trace = new Float64Array(steps * widest)
    this.#error = new Float64Array(steps * outputs)
    this.#ratePull = new Float64Array(neurons)
    this.#running = new Float64Array(options.learning.gradientForm === 'running' ? neurons * widest : 0)
  }

  /** Gradients of the sequence in `record`. @param target [steps][outputs] */
  learn(input: Raster, target: Float64Array, record: SequenceRecord): Gradients {
    const { equations, inputs, neurons, learning, selfConnected } = this.#options
    const { gradients } = this
    this.#findError(target, record)
    this.#findSurrogate(record)
    this.#findSignal(record)
    if (learning.gradientForm === 'filtered') this.#foldSignalIntoSurrogate()
    this.#findTrace(input, inputs, equations.alpha, equations.traceGain, equations.inputTraceDelay)
    this.#gather(inputs, gradients.input)
    this.#findTrace(record.spikes, neurons, equations.alpha, equations.traceGain, 1)
    this.#gather(neurons, gradients.recurrent)
    this.#findTrace(record.spikes, neurons, equations.kappa, equations.filterGain, 0)
    this.#gatherReadout(gradients.output)
    if (!selfConnected) for (let j = 0; j < neurons; j++) gradients.recurrent[j * neurons + j] = 0
    for (const gradient of Object.values(gradients)) clip(gradient, learning.gradientClip)
    return gradients
  }

  #findError(target: Float64Array, record: SequenceRecord): void {
    for (let k = 0; k < this.#error.length; k++) this.#error[k] = record.output[k] - target[k]
  }

  #findSurrogate({ membrane }: SequenceRecord): void {
    const { threshold, surrogatePeak } = this.#options.equations
    for (let k = 0; k < membrane.length; k++) {
      const height = 1 - Math.abs(membrane[k] - threshold) / threshold
      this.#psi[k] = height > 0 ? surrogatePeak * height : 0
    }
  }

  #findSignal({ spikeCounts }: SequenceRecord): void {
    const { steps, neurons, outputs, secondsPerStep, feedback, equations, learning } = this.#options
    const duration = steps * secondsPerStep
    for (let j = 0; j < neurons; j++) {
      const rateError = spikeCounts[j] / duration - learning.targetRate
      const inSignal = equations.rateTerm === 'signal' ? learning.regularisation * rateError : 0
      // NEST counts rates in spikes per step and averages over the steps.
      this.#ratePull[j] = equations.rateTerm === 'separate' ? (learning.regularisation * rateError * secondsPerStep) / steps : 0
      for (let t = 0; t < steps; t++) {
        let signal = inSignal
        for (let o = 0; o < outputs; o++) signal += feedback[o * neurons + j] * this.#error[t * outputs + o]
        this.#signal[t * neurons + j] = signal
      }
    }
  }

  /** signal ← ψ∘(L filtered backwards + rate pull), after which a gradient is one product with the traces. */
  #foldSignalIntoSurrogate(): void {
    const { steps, neurons, equations } = this.#options
    filterBackwards(steps, neurons, equations.kappa, equations.filterGain, this.#signal)
    for (let t = 0, k = 0; t < steps; t++) {
      for (let j = 0; j < neurons; j++, k++) this.#signal[k] = this.#psi[k] * (this.#signal[k] + this.#ratePull[j])
    }
  }

  /** trace[t] = decay·trace[t−1] + gain·spike[t−delay]. */
  #findTrace(raster: Raster, width: number, decay: number, gain: number, delay: 0 | 1): void {
    const trace = this.#trace
    for (let t = 0; t < this.#options.steps; t++) {
      const now = t * width
      for (let i = 0; i < width; i++) trace[now + i] = t > 0 ? decay * trace[now - width + i] : 0
      const from = t - delay
      if (from < 0) continue
      for (let k = raster.offsets[from]; k < raster.offsets[from + 1]; k++) trace[now + raster.neurons[k]] += gain
    }
  }

  #gather(width: number, gradient: Float64Array): void {
    const { steps, neurons, equations, learning } = this.#options
    gradient.fill(0)
    if (learning.gradientForm === 'filtered') {
      addOuterProducts(steps, neurons, width, this.#signal, this.#trace, gradient)
      return
    }
    addRunningTraces(
      steps, neurons, width, equations.kappa, equations.filterGain,
      this.#psi, this.#signal, this.#trace, this.#running, gradient,
    )
    if (equations.rateTerm === 'separate') this.#addRatePull(width, gradient)
  }

  #addRatePull(width: number, gradient: Float64Array): void {
    const { steps, neurons } = this.#options
    for (let t = 0; t < steps; t++) {
      for (let j = 0; j < neurons; j++) {
        const pull = this.#ratePull[j] * this.#psi[t * neurons + j]
        for (let i = 0; i < width; i++) gradient[j * width + i] += pull * this.#trace[t * width + i]
      }
    }
  }

  #gatherReadout(gradient: Float64Array): void {
    const { steps, neurons, outputs } = this.#options
    gradient.fill(0)
    addOuterProducts(steps, outputs, neurons, this.#error, this.#trace, gradient)
  }
}

function clip(values: Float64Array, limit: number): void {
  for (let k = 0; k < values.length; k++) values[k] = Math.min(Math.max(values[k], -limit), limit)
}
