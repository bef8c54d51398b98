import type { UpdateTime } from '../crossbar/program.ts'
import type { Numbers } from '../kernels/kernels.ts'

/** Weight-update scheme for the synapses of one layer. */
export interface UpdateScheme {
  /** Updates the weights. @param gradient [post][pre] */
  update(gradient: Numbers, at: UpdateTime): void
  /** Live views of the scheme's state between updates, such as accumulators and counters. */
  readonly state: Readonly<Record<string, Float64Array>>
}
