import type { UpdateTime } from '../crossbar/program.ts'
import type { Conventions } from '../experiment/conventions.ts'
import type { Changes } from './changes.ts'
import { Accumulator } from './quantise.ts'
import type { Quantum, UpdateScheme } from './scheme.ts'

export interface AccumulatingOptions {
  synapses: number
  /** Quantisation step δ, in units of weight. */
  step: number
  rounding: Conventions['rounding']
  /** Applies the due change of one synapse: an integer multiple of δ, in units of weight. */
  apply(synapse: number, change: number, at: UpdateTime): void
  /** Called after all synapses of an update. */
  finish?(at: UpdateTime): void
}

/** Scheme that adds η·gradient to a digital accumulator and changes a weight once a whole step δ is due. */
export class AccumulatingScheme implements UpdateScheme {
  readonly state
  readonly quantum: Quantum
  readonly #options: AccumulatingOptions
  readonly #accumulator: Accumulator

  constructor(options: AccumulatingOptions) {
    this.#options = options
    this.#accumulator = new Accumulator(options.synapses, options.step, options.rounding)
    this.quantum = { of: 'step', weight: options.step }
    this.state = { accumulator: this.#accumulator.values }
  }

  update(changes: Changes, at: UpdateTime): void {
    const { apply, finish } = this.#options
    for (let synapse = 0; synapse < changes.length; synapse++) {
      const due = this.#accumulator.add(synapse, -changes.of(synapse))
      if (due !== 0) apply(synapse, -due, at)
    }
    finish?.(at)
  }
}
