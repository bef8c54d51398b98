import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh, type UpdateTime } from '../../crossbar/program.ts'
import type { Numbers } from '../../kernels/kernels.ts'
import type { Conventions } from '../../experiment/conventions.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import type { UpdateScheme } from '../scheme.ts'

/**
 * Multi-memristor: the N pairs of a synapse take the pulses in turn (Boybat et al. 2018). The number of SETs is
 * trunc(|ΔW|·scale/ε) if it is planned for the sum of the N pairs, or trunc(|ΔW|·scale/(ε/N)) if it is planned for their mean.
 * If devices accept fractions of a pulse, nothing is truncated and the fraction goes to the next pair in turn.
 */
export class MultiMemristorScheme implements UpdateScheme {
  readonly state
  readonly #crossbar: Crossbar
  readonly #rate: number
  readonly #spec: SchemeOf<'multi-memristor'>
  /** Change of the synapse that one SET is planned for, µS. */
  readonly #jump: number
  /** Index of the next pair to be pulsed, G⁺ and G⁻ apart, [post][pre][2]. */
  readonly #turn: Float64Array

  constructor(crossbar: Crossbar, rate: number, spec: SchemeOf<'multi-memristor'>, conventions: Conventions) {
    this.#crossbar = crossbar
    this.#rate = rate
    this.#spec = spec
    this.#jump = conventions.pairStep === 'mean' ? spec.smallestJump / spec.pairs : spec.smallestJump
    this.#turn = new Float64Array(2 * crossbar.post * crossbar.pre)
    this.state = { turn: this.#turn }
  }

  update(gradient: Numbers, at: UpdateTime): void {
    const perGradient = (this.#rate * this.#crossbar.scale) / this.#jump
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      const wanted = Math.abs(gradient[synapse]) * perGradient
      const pulses = this.#crossbar.granular ? Math.trunc(wanted) : wanted
      if (pulses > 0 && this.#crossbar.connected(synapse)) this.#deal(synapse, -gradient[synapse], pulses, at.now)
    }
    refresh(this.#crossbar, this.#spec.refresh, this.#spec.smallestJump, at)
  }

  #deal(synapse: number, change: number, pulses: number, now: number): void {
    const { pairs } = this.#spec
    const counter = 2 * synapse + (change > 0 ? 0 : 1)
    for (let k = 0; k < pulses; k++) {
      program(this.#crossbar, synapse * pairs + this.#turn[counter], change, Math.min(pulses - k, 1), now)
      this.#turn[counter] = (this.#turn[counter] + 1) % pairs
    }
  }
}
