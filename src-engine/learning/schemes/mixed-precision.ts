import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh, type UpdateMoment } from '../../crossbar/program.ts'
import type { Conventions } from '../../spec/conventions.ts'
import type { SchemeOf } from '../../spec/scheme.ts'
import { Accumulator, pulsesFor } from '../quantise.ts'
import type { UpdateScheme } from '../scheme.ts'

/**
 * Mixed precision (Nandakumar et al. 2020; arXiv 2108.01804): χ += η·gradient; q = whole steps δ of χ, which leave χ;
 * pulses for −q·scale, one per ε µS.
 */
export class MixedPrecisionScheme implements UpdateScheme {
  readonly state
  readonly #crossbar: Crossbar
  readonly #rate: number
  readonly #spec: SchemeOf<'mixed-precision'>
  readonly #counts: Conventions['pulseCounts']
  readonly #accumulator: Accumulator

  constructor(crossbar: Crossbar, rate: number, spec: SchemeOf<'mixed-precision'>, conventions: Conventions) {
    this.#crossbar = crossbar
    this.#rate = rate
    this.#spec = spec
    this.#counts = conventions.pulseCounts
    this.#accumulator = new Accumulator(crossbar.post * crossbar.pre, spec.accumulatorStep, conventions.rounding)
    this.state = { accumulator: this.#accumulator.values }
  }

  update(gradient: Float64Array, at: UpdateMoment): void {
    const { smallestJump } = this.#spec
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      const due = this.#accumulator.add(synapse, this.#rate * gradient[synapse])
      if (due === 0 || !this.#crossbar.connected(synapse)) continue
      const pulses = pulsesFor(Math.abs(due) * this.#crossbar.scale, smallestJump, this.#counts)
      program(this.#crossbar, synapse, -due, pulses, at.now)
    }
    refresh(this.#crossbar, this.#spec.refresh, smallestJump, at)
  }
}
