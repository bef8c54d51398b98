import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh, type UpdateTime } from '../../crossbar/program.ts'
import type { Numbers } from '../../kernels/kernels.ts'
import { stopThresholdOf } from '../../experiment/layers.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import type { UpdateScheme } from '../scheme.ts'

/** Sign: one SET against the gradient for every synapse with |gradient| above the stop-learning threshold θ. */
export class SignScheme implements UpdateScheme {
  readonly state = {}
  readonly #crossbar: Crossbar
  readonly #spec: SchemeOf<'sign'>
  readonly #threshold: number

  /** @param layer name of the layer, which may have its own threshold */
  constructor(crossbar: Crossbar, spec: SchemeOf<'sign'>, layer: string) {
    this.#crossbar = crossbar
    this.#spec = spec
    this.#threshold = stopThresholdOf(spec, layer)
  }

  update(gradient: Numbers, at: UpdateTime): void {
    for (let synapse = 0; synapse < gradient.length; synapse++) {
      if (!this.#crossbar.connected(synapse)) continue
      if (Math.abs(gradient[synapse]) > this.#threshold) program(this.#crossbar, synapse, -gradient[synapse], 1, at.now)
    }
    refresh(this.#crossbar, this.#spec.refresh, this.#crossbar.smallestJump, at)
  }
}
