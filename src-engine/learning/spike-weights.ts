import { bytesOf, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { NetworkSize } from '../network/forward.ts'
import { clipTransposed, type EpropOptions, type GradientForm, type Signals } from './gradient-form.ts'

/**
 * Gradient form 'filtered'. Both filters of Σ_t L_j[t]·ē_ji[t] run backwards over the learning signal instead of forwards over the
 * traces. Then each presynaptic spike adds one row to the gradient.
 */
export class SpikeWeights implements GradientForm {
  readonly #options: EpropOptions
  /** ψ; after `begin`, the contribution of a presynaptic spike at each step to the gradient. */
  readonly psi: Numbers
  /** Learning signal at one step, filtered backwards, [neurons]. */
  readonly #filtered: Numbers
  /** Gradient sums before transposition, [pre][stride]. */
  readonly #sums: Numbers

  constructor(options: EpropOptions) {
    const { steps, inputs, neurons, kernels } = options
    this.#options = options
    this.psi = kernels.numbers(steps * neurons)
    this.#filtered = kernels.numbers(neurons)
    this.#sums = kernels.numbers(Math.max(inputs, neurons) * strideOf(neurons))
  }

  /** Bytes of kernel memory that this form needs. */
  static bytes({ steps, inputs, neurons }: NetworkSize): number {
    return bytesOf(steps * neurons) + bytesOf(neurons) + bytesOf(Math.max(inputs, neurons) * strideOf(neurons))
  }

  begin({ base, ratePull, feedback, error }: Signals): void {
    const { steps, neurons, outputs, equations, kernels } = this.#options
    kernels.spikeWeights(steps, neurons, outputs, equations, base, ratePull, feedback, error, this.#filtered, this.psi)
  }

  gather(spikes: Raster, pre: number, delay: 0 | 1, gradient: Numbers): void {
    const { neurons, equations, learning, kernels } = this.#options
    this.#sums.fill(0)
    kernels.gatherSpikes(spikes, delay, neurons, equations.traceGain, this.psi, this.#sums)
    clipTransposed(this.#sums, neurons, pre, learning.gradientClip, gradient)
  }
}
