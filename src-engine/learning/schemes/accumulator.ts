import type { DigitalWeights } from '../../network/synapses.ts'
import type { Conventions } from '../../spec/conventions.ts'
import type { SchemeOf } from '../../spec/scheme.ts'
import { Accumulator } from '../quantise.ts'
import type { UpdateScheme } from '../scheme.ts'

/** Digital weights that move in whole steps δ of an accumulated gradient: mixed precision without devices. */
export class AccumulatorScheme implements UpdateScheme {
  readonly state
  readonly #weights: DigitalWeights
  readonly #rate: number
  readonly #accumulator: Accumulator

  constructor(weights: DigitalWeights, rate: number, spec: SchemeOf<'accumulator'>, conventions: Conventions) {
    this.#weights = weights
    this.#rate = rate
    this.#accumulator = new Accumulator(weights.weights.length, spec.accumulatorStep, conventions.rounding)
    this.state = { accumulator: this.#accumulator.values }
  }

  update(gradient: Float64Array): void {
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      const due = this.#accumulator.add(synapse, this.#rate * gradient[synapse])
      if (due !== 0) this.#weights.change(synapse, -due)
    }
  }
}
