import type { UpdateTime } from '../crossbar/program.ts'
import type { Numbers } from '../kernels/kernels.ts'

/** A weight-update scheme bound to the synapses of one layer. */
export interface UpdateScheme {
  /** Turns a gradient, [post][pre], into changed weights. */
  update(gradient: Numbers, at: UpdateTime): void
  /** Live views of what the scheme remembers between updates (accumulators, counters). */
  readonly state: Readonly<Record<string, Float64Array>>
}
