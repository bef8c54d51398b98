/** Values of one parameter in row-major order. Their type is that of the file. */
export interface NirArray {
  shape: readonly number[]
  values: Float32Array | Float64Array | BigInt64Array
}

/** A node of NIR (Pedersen et al. 2024): its type and its parameters, named as in NIR. Times are in s. */
export interface NirNode {
  type: 'Input' | 'Output' | 'Linear' | 'LI' | 'LIF' | 'Threshold'
  parameters: Readonly<Record<string, NirArray>>
}

export type NirNodes = Readonly<Record<string, NirNode>>
export type NirEdge = readonly [from: string, to: string]

/** A network as a graph. A node receives the sum of what the nodes before it send. */
export interface NirGraph {
  nodes: NirNodes
  edges: readonly NirEdge[]
}
