import type { UpdateTime } from '../crossbar/program.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { Conventions } from '../spec/conventions.ts'
import { Accumulator } from './quantise.ts'
import type { UpdateScheme } from './scheme.ts'

export interface AccumulatingOptions {
  synapses: number
  /** η */
  rate: number
  /** δ, a weight */
  step: number
  rounding: Conventions['rounding']
  /** Carries out the change of one synapse that is due: a whole multiple of δ. */
  apply(synapse: number, change: number, at: UpdateTime): void
  /** After all synapses of an update. */
  finish?(at: UpdateTime): void
}

/** A scheme that gathers η·gradient in a digital accumulator and acts once a whole step δ is due. */
export class AccumulatingScheme implements UpdateScheme {
  readonly state
  readonly #options: AccumulatingOptions
  readonly #accumulator: Accumulator

  constructor(options: AccumulatingOptions) {
    this.#options = options
    this.#accumulator = new Accumulator(options.synapses, options.step, options.rounding)
    this.state = { accumulator: this.#accumulator.values }
  }

  update(gradient: Numbers, at: UpdateTime): void {
    const { rate, apply, finish } = this.#options
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      const due = this.#accumulator.add(synapse, rate * gradient[synapse])
      if (due !== 0) apply(synapse, -due, at)
    }
    finish?.(at)
  }
}
