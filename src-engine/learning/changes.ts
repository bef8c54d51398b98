import type { Numbers } from '../kernels/kernels.ts'

/** −step·direction of every synapse, in float64. @param direction [post][pre] */
export function changesAlong(direction: Numbers, step: number, changes = new Float64Array(direction.length)): Float64Array {
  for (let synapse = 0; synapse < changes.length; synapse++) changes[synapse] = -step * direction[synapse]
  return changes
}
