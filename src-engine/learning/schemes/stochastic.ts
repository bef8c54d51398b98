import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh, type UpdateTime } from '../../crossbar/program.ts'
import type { Numbers } from '../../kernels/kernels.ts'
import { Stream } from '../../random/stream.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import type { UpdateScheme } from '../scheme.ts'

/** Stochastic: one SET with probability |ΔW|·scale / p_scale, on the device that moves the weight in the direction of ΔW. */
export class StochasticScheme implements UpdateScheme {
  readonly state = {}
  readonly #crossbar: Crossbar
  readonly #rate: number
  readonly #spec: SchemeOf<'stochastic'>
  readonly #decisions: Stream

  /** @param layer index of the layer; it gives each layer its own random decisions */
  constructor(crossbar: Crossbar, rate: number, spec: SchemeOf<'stochastic'>, seed: number, layer: number) {
    this.#crossbar = crossbar
    this.#rate = rate
    this.#spec = spec
    this.#decisions = new Stream(seed, 'pulse decision', layer)
  }

  update(gradient: Numbers, at: UpdateTime): void {
    const perGradient = (this.#rate * this.#crossbar.scale) / this.#spec.probabilityScale
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      if (gradient[synapse] === 0 || !this.#crossbar.connected(synapse)) continue
      const probability = Math.abs(gradient[synapse]) * perGradient
      const fires = this.#decisions.uniform(synapse, at.sequence) < probability
      if (fires) program(this.#crossbar, synapse, -gradient[synapse], 1, at.now)
    }
    refresh(this.#crossbar, this.#spec.refresh, this.#crossbar.smallestJump, at)
  }
}
