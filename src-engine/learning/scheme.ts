import type { UpdateTime } from '../crossbar/program.ts'
import type { Changes } from './changes.ts'

/** Smallest change that a scheme makes, in units of weight: a whole step of its accumulator, or the expected effect of one SET. */
export interface Quantum {
  of: 'step' | 'pulse'
  weight: number
}

/** Weight-update scheme for the synapses of one layer. */
export interface UpdateScheme {
  /** Changes the weights. @param changes −η·gradient, in units of weight or in those of `fromWeight` */
  update(changes: Changes, at: UpdateTime): void
  /**
   * Converts a change of weight to the unit in which this scheme takes its changes, such as a number of pulses. It is linear, so that
   * a layer converts its learning rate once instead of every change.
   */
  fromWeight?(weight: number): number
  /** Null if every change is made as it is. */
  readonly quantum: Quantum | null
  /** Live views of the scheme's state between updates, such as accumulators and counters. */
  readonly state: Readonly<Record<string, Float64Array>>
}
