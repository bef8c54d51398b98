import type { SynapseArray } from './synapse-histogram.ts'
import { type SynapseMap, synapseMap } from './synapse-map.ts'

/**
 * Map of a layer's weights: (ΣG⁺ − ΣG⁻)/scale, or the digital weights.
 * @param scale µS per unit of weight
 */
export function weightMap(array: SynapseArray, scale: number): SynapseMap {
  const [post = 0, pre = 0] = array.shape
  return synapseMap(array.name, [post, pre], weightsOf(array, scale))
}

/** Weights, [post][pre]. */
export function weightsOf({ kind, shape: [post = 0, pre = 0, pairs = 0], data }: SynapseArray, scale: number): ArrayLike<number> {
  if (kind === 'weight') return data
  const weights = new Float64Array(post * pre)
  for (let synapse = 0, k = 0; synapse < weights.length; synapse++) {
    let difference = 0
    for (let pair = 0; pair < pairs; pair++, k += 2) difference += data[k]! - data[k + 1]!
    weights[synapse] = difference / scale
  }
  return weights
}
