import { bytesOf, type Kernels, type Numbers } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Equations } from '../network/equations.ts'
import type { NetworkSize } from '../network/forward.ts'

interface Gathered {
  /** [steps][neurons] */
  psi: Numbers
  signal: Numbers
  /** [neurons] */
  ratePull: Numbers
  /** [neurons][width] */
  sums: Numbers
}

/** e-prop as it runs online: one eligibility trace per synapse, stepped forward through the sequence. */
export class RunningTraces {
  readonly #options: NetworkSize & { equations: Equations; kernels: Kernels }
  /** Presynaptic traces, [steps][inputs or neurons] */
  readonly #presynaptic: Numbers
  /** Eligibility traces, [post][pre] */
  readonly #eligibility: Numbers

  constructor(options: NetworkSize & { equations: Equations; kernels: Kernels }) {
    const { steps, inputs, neurons, kernels } = options
    const widest = Math.max(inputs, neurons)
    this.#options = options
    this.#presynaptic = kernels.numbers(steps * widest)
    this.#eligibility = kernels.numbers(neurons * widest)
  }

  /** Bytes that they take of the kernels' memory. */
  static bytes({ steps, inputs, neurons }: NetworkSize): number {
    const widest = Math.max(inputs, neurons)
    return bytesOf(steps * widest) + bytesOf(neurons * widest)
  }

  /** Adds the gradient of one layer to `sums`. @param width its presynaptic neurons */
  gather(spikes: Raster, width: number, delay: 0 | 1, { psi, signal, ratePull, sums }: Gathered): void {
    const { steps, neurons, equations, kernels } = this.#options
    kernels.spikeTraces(spikes, width, equations.alpha, equations.traceGain, delay, this.#presynaptic)
    kernels.addRunningTraces(
      steps, neurons, width, equations.kappa, equations.filterGain, psi, signal, this.#presynaptic, this.#eligibility, sums,
    )
    if (equations.rateTerm === 'separate') this.#addRatePull(width, psi, ratePull, sums)
  }

  #addRatePull(width: number, psi: Numbers, ratePull: Numbers, sums: Numbers): void {
    const { steps, neurons } = this.#options
    for (let t = 0; t < steps; t++) {
      for (let j = 0; j < neurons; j++) {
        const pull = ratePull[j] * psi[t * neurons + j]
        for (let i = 0; i < width; i++) sums[j * width + i] += pull * this.#presynaptic[t * width + i]
      }
    }
  }
}
