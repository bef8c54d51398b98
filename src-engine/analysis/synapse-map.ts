import { hasSelfConnections } from '../experiment/layers.ts'

/** A quantity of the synapses of one layer as an image: means over blocks of neighbouring synapses. */
export interface SynapseMap {
  /** Name of the layer. */
  layer: string
  /** Number of postsynaptic and of presynaptic neurons. */
  post: number
  pre: number
  /** Block size in postsynaptic and in presynaptic neurons; 1 if every synapse has its own block. */
  postPerBlock: number
  prePerBlock: number
  /** Mean of each block, [rows][columns]; NaN if a value in it is not finite or if it contains no synapse. */
  values: Float32Array
  /** Number of non-finite values. */
  missing: number
}

/** Maximum number of blocks along one side. */
export const MOST_BLOCKS = 128

/**
 * Block means of a quantity. Masked self-connections (NaN on the diagonal) are left out of the means.
 * @param synapses value of every synapse, [post][pre]
 */
export function synapseMap(layer: string, [post, pre]: readonly [number, number], synapses: ArrayLike<number>): SynapseMap {
  const postPerBlock = Math.ceil(post / MOST_BLOCKS)
  const prePerBlock = Math.ceil(pre / MOST_BLOCKS)
  const columns = Math.ceil(pre / prePerBlock)
  const sums = new Float64Array(Math.ceil(post / postPerBlock) * columns)
  const counts = new Uint32Array(sums.length)
  const masked = hasSelfConnections(layer)
  let missing = 0
  for (let j = 0; j < post; j++) {
    const row = Math.floor(j / postPerBlock) * columns
    for (let i = 0; i < pre; i++) {
      const value = synapses[j * pre + i]!
      if (masked && i === j && Number.isNaN(value)) continue
      if (!Number.isFinite(value)) missing += 1
      const block = row + Math.floor(i / prePerBlock)
      sums[block]! += value
      counts[block]! += 1
    }
  }
  const values = new Float32Array(sums.length)
  for (let block = 0; block < values.length; block++) {
    const isKnown = counts[block]! > 0 && Number.isFinite(sums[block])
    values[block] = isKnown ? sums[block]! / counts[block]! : NaN
  }
  return { layer, post, pre, postPerBlock, prePerBlock, values, missing }
}
