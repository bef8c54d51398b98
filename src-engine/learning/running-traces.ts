import { bytesOf, type Numbers } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { NetworkSize } from '../network/forward.ts'
import { clip, type EpropOptions, type GradientForm, type Signals } from './gradient-form.ts'

/** Gradient form 'running': one eligibility trace per synapse, advanced step by step, as an online chip would store it. */
export class RunningTraces implements GradientForm {
  readonly #options: EpropOptions
  readonly psi: Numbers
  /** L, [steps][neurons]. */
  readonly #signal: Numbers
  /** Presynaptic traces x̄ or z̄, [steps][inputs or neurons]. */
  readonly #presynaptic: Numbers
  /** Eligibility traces and gradient sums, each [post][pre]. */
  readonly #eligibility: Numbers
  readonly #sums: Numbers
  #ratePull: Numbers | null = null

  constructor(options: EpropOptions) {
    const { steps, inputs, neurons, kernels } = options
    const widest = Math.max(inputs, neurons)
    this.#options = options
    this.psi = kernels.numbers(steps * neurons)
    this.#signal = kernels.numbers(steps * neurons)
    this.#presynaptic = kernels.numbers(steps * widest)
    this.#eligibility = kernels.numbers(neurons * widest)
    this.#sums = kernels.numbers(neurons * widest)
  }

  /** Bytes of kernel memory that this form needs. */
  static bytes({ steps, inputs, neurons }: NetworkSize): number {
    const widest = Math.max(inputs, neurons)
    return 2 * bytesOf(steps * neurons) + bytesOf(steps * widest) + 2 * bytesOf(neurons * widest)
  }

  begin({ base, ratePull, feedback, error }: Signals): void {
    const { steps, neurons, outputs, equations, kernels } = this.#options
    kernels.learningSignals(steps, neurons, outputs, base, feedback, error, this.#signal)
    this.#ratePull = equations.rateTerm === 'separate' ? ratePull : null
  }

  gather(spikes: Raster, pre: number, delay: 0 | 1, gradient: Numbers): void {
    const { steps, neurons, equations, learning, kernels } = this.#options
    this.#sums.fill(0)
    kernels.spikeTraces(spikes, pre, equations.alpha, equations.traceGain, delay, this.#presynaptic)
    kernels.addRunningTraces(
      steps, neurons, pre, equations.kappa, equations.filterGain,
      this.psi, this.#signal, this.#presynaptic, this.#eligibility, this.#sums,
    )
    if (this.#ratePull) this.#addRatePull(pre, this.#ratePull)
    clip(this.#sums, learning.gradientClip, gradient)
  }

  #addRatePull(pre: number, ratePull: Numbers): void {
    const { steps, neurons } = this.#options
    for (let t = 0; t < steps; t++) {
      for (let j = 0; j < neurons; j++) {
        const pull = ratePull[j]! * this.psi[t * neurons + j]!
        for (let i = 0; i < pre; i++) this.#sums[j * pre + i]! += pull * this.#presynaptic[t * pre + i]!
      }
    }
  }
}
