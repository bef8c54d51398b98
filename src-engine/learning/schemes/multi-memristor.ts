import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh, type UpdateTime } from '../../crossbar/program.ts'
import type { Conventions } from '../../experiment/conventions.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import type { Changes } from '../changes.ts'
import type { MakeScheme } from '../make-scheme.ts'
import type { Quantum, UpdateScheme } from '../scheme.ts'

type Settings = SchemeOf<'multi-memristor'>

/**
 * Multi-memristor: the N pairs of a synapse take the pulses in turn (Boybat et al. 2018). The number of SETs is
 * trunc(|ΔW|·scale/ε) if it is planned for the sum of the N pairs, or trunc(|ΔW|·scale/(ε/N)) if it is planned for their mean.
 * If devices accept fractions of a pulse, nothing is truncated and the fraction goes to the next pair in turn.
 * A change is a number of pulses, with the sign of ΔW.
 */
export const multiMemristor: MakeScheme<'multi-memristor'> = (crossbar, settings, { conventions }) =>
  new MultiMemristorScheme(crossbar, settings, conventions)

class MultiMemristorScheme implements UpdateScheme {
  readonly state
  readonly quantum: Quantum | null
  readonly #crossbar: Crossbar
  readonly #settings: Settings
  /** Change of the synapse that one SET is planned for, µS. */
  readonly #jump: number
  /** Index of the next pair to be pulsed, G⁺ and G⁻ apart, [post][pre][2]. */
  readonly #turn: Float64Array

  constructor(crossbar: Crossbar, settings: Settings, { pairStep }: Conventions) {
    this.#crossbar = crossbar
    this.#settings = settings
    this.#jump = pairStep === 'mean' ? settings.smallestJump / settings.pairs : settings.smallestJump
    this.#turn = new Float64Array(2 * crossbar.post * crossbar.pre)
    this.state = { turn: this.#turn }
    this.quantum = crossbar.granular ? { of: 'pulse', weight: this.#jump / crossbar.scale } : null
  }

  fromWeight(weight: number): number {
    return (weight * this.#crossbar.scale) / this.#jump
  }

  update(changes: Changes, at: UpdateTime): void {
    const { granular } = this.#crossbar
    for (let synapse = 0; synapse < changes.length; synapse++) {
      const change = changes.of(synapse)
      const wanted = Math.abs(change)
      const pulses = granular ? Math.trunc(wanted) : wanted
      if (pulses > 0 && this.#crossbar.connected(synapse)) this.#deal(synapse, change, pulses, at.now)
    }
    refresh(this.#crossbar, this.#settings.refresh, this.#settings.smallestJump, at)
  }

  #deal(synapse: number, change: number, pulses: number, now: number): void {
    const { pairs } = this.#settings
    const counter = 2 * synapse + (change > 0 ? 0 : 1)
    for (let k = 0; k < pulses; k++) {
      program(this.#crossbar, synapse * pairs + this.#turn[counter]!, change, Math.min(pulses - k, 1), now)
      this.#turn[counter] = (this.#turn[counter]! + 1) % pairs
    }
  }
}
