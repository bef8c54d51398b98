import type { Numbers } from '../kernels/kernels.ts'

/** Optimiser of the weights of one layer. The wanted change is −η times its direction. */
export interface Optimiser {
  /** Direction for a gradient, both [post][pre]. The next call may overwrite it. */
  direction(gradient: Numbers): Numbers
  /** Live views of the optimiser's state between updates, such as running means. */
  readonly state: Readonly<Record<string, Float64Array>>
}

/** @param synapses number of synapses of the layer */
export type MakeOptimiser<Settings> = (synapses: number, settings: Settings) => Optimiser
