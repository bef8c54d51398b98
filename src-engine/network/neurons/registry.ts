import { neuronKindOf, type NeuronSettings } from '../../experiment/neurons/registry.ts'
import { lif } from './lif.ts'
import type { NeuronModel } from './neuron.ts'

/** The law of every kind in `src-engine/experiment/neurons`. */
export const neuronModels: readonly NeuronModel[] = [
  lif,
]

/** Model of a network's neurons. @throws RangeError if there is no such model */
export function neuronModelOf(network: { neuron?: NeuronSettings }): NeuronModel {
  const kind = neuronKindOf(network)
  const found = neuronModels.find((model) => model.kind === kind)
  if (found) return found
  throw new RangeError(`There is no neuron model "${kind}". Choose ${neuronModels.map((model) => model.kind).join(' or ')}.`)
}
