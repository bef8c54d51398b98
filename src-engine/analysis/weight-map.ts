import { hasSelfConnections } from '../experiment/layers.ts'
import type { SynapseArray } from './synapse-histogram.ts'

/** The weights of one layer as an image: means over blocks of neighbouring synapses. */
export interface WeightMap {
  /** Name of the layer. */
  layer: string
  /** Number of postsynaptic and of presynaptic neurons. */
  post: number
  pre: number
  /** Block size in postsynaptic and in presynaptic neurons; 1 if every synapse has its own block. */
  postPerBlock: number
  prePerBlock: number
  /** Mean weight of each block, [rows][columns]; NaN if a weight in it is not finite or if it contains no synapse. */
  values: Float32Array
  /** Number of non-finite weights. */
  missing: number
}

/** Maximum number of blocks along one side. */
export const MOST_BLOCKS = 128

/**
 * Block means of a layer's weights: (ΣG⁺ − ΣG⁻)/scale, or the digital weights.
 * Masked self-connections (NaN on the diagonal) are left out of the means.
 * @param scale µS per unit of weight
 */
export function weightMap(array: SynapseArray, scale: number): WeightMap {
  const [post = 0, pre = 0] = array.shape
  const postPerBlock = Math.ceil(post / MOST_BLOCKS)
  const prePerBlock = Math.ceil(pre / MOST_BLOCKS)
  const columns = Math.ceil(pre / prePerBlock)
  const sums = new Float64Array(Math.ceil(post / postPerBlock) * columns)
  const counts = new Uint32Array(sums.length)
  const masked = hasSelfConnections(array.name)
  let missing = 0
  const weights = weightsOf(array, scale)
  for (let j = 0; j < post; j++) {
    const row = Math.floor(j / postPerBlock) * columns
    for (let i = 0; i < pre; i++) {
      const weight = weights[j * pre + i]!
      if (masked && i === j && Number.isNaN(weight)) continue
      if (!Number.isFinite(weight)) missing += 1
      const block = row + Math.floor(i / prePerBlock)
      sums[block]! += weight
      counts[block]! += 1
    }
  }
  const values = new Float32Array(sums.length)
  for (let block = 0; block < values.length; block++) {
    const isKnown = counts[block]! > 0 && Number.isFinite(sums[block])
    values[block] = isKnown ? sums[block]! / counts[block]! : NaN
  }
  return { layer: array.name, post, pre, postPerBlock, prePerBlock, values, missing }
}

/** Weights, [post][pre]. */
function weightsOf({ kind, shape: [post = 0, pre = 0, pairs = 0], data }: SynapseArray, scale: number): ArrayLike<number> {
  if (kind === 'weight') return data
  const weights = new Float64Array(post * pre)
  for (let synapse = 0, k = 0; synapse < weights.length; synapse++) {
    let difference = 0
    for (let pair = 0; pair < pairs; pair++, k += 2) difference += data[k]! - data[k + 1]!
    weights[synapse] = difference / scale
  }
  return weights
}
