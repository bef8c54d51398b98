import type { Crossbar } from '../crossbar/crossbar.ts'
import type { Conventions } from '../experiment/conventions.ts'
import type { LayerName } from '../experiment/layers.ts'
import type { SchemeKind, SchemeOf, SubstrateOf } from '../experiment/scheme.ts'
import type { DigitalWeights } from '../network/synapses.ts'
import type { UpdateScheme } from './scheme.ts'

/** What a scheme may depend on besides its settings and the synapses. */
export interface LayerContext {
  name: LayerName
  /** Index of the layer. It gives each layer its own random decisions. */
  index: number
  seed: number
  conventions: Conventions
}

interface Synapses {
  digital: DigitalWeights
  crossbar: Crossbar
}

/** Creates the scheme of one layer. */
export type MakeScheme<Kind extends SchemeKind> =
  (synapses: Synapses[SubstrateOf<Kind>], settings: SchemeOf<Kind>, layer: LayerContext) => UpdateScheme
