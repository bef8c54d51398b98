import type { Numbers } from '../kernels/kernels.ts'

/** Changes wanted of the weights of one layer: −step·direction. Each is computed when it is asked for, in float64. */
export class Changes {
  /** Number of synapses. */
  readonly length: number
  readonly #direction: Numbers
  readonly #step: number

  /** @param direction [post][pre] */
  constructor(direction: Numbers, step: number) {
    this.length = direction.length
    this.#direction = direction
    this.#step = step
  }

  of(synapse: number): number {
    return -this.#step * this.#direction[synapse]!
  }
}
