import type { Numbers } from '../../kernels/kernels.ts'
import type { DigitalWeights } from '../../network/synapses.ts'
import type { UpdateScheme } from '../scheme.ts'

/** Plain gradient descent on digital weights: ΔW = −η·gradient. */
export class Fp32 implements UpdateScheme {
  readonly state = {}
  readonly #weights: DigitalWeights
  readonly #rate: number

  constructor(weights: DigitalWeights, rate: number) {
    this.#weights = weights
    this.#rate = rate
  }

  update(gradient: Numbers): void {
    this.#weights.descend(gradient, this.#rate)
  }
}
