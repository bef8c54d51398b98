import { lif } from '../experiment/neurons/lif.ts'
import { neuronKindOf, neuronKinds } from '../experiment/neurons/registry.ts'
import type { Spec } from '../experiment/spec.ts'
import { type LifLaw, lifLaw } from '../network/neurons/lif.ts'
import type { NeuronOptions } from '../network/neurons/neuron.ts'

type Network = Pick<Spec, 'network' | 'conventions' | 'task'>

/** Kinds of neurons that NIR can express, with their law as one of LIF neurons. All others are refused. */
const laws: ReadonlyMap<string, (options: NeuronOptions) => LifLaw> = new Map([
  [lif.kind, lifLaw],
])

const lawOf = ({ network, conventions, task }: Network): LifLaw | undefined =>
  laws.get(neuronKindOf(network))?.({ settings: network, conventions, dt: task.dt })

/** Why NIR cannot express a network, with what to change; null if it can. */
export function whyNotNir(spec: Network): string | null {
  const law = lawOf(spec)
  if (!law) return `NIR cannot express neurons of the kind "${titleOf(neuronKindOf(spec.network))}". Choose "${titleOf(lif.kind)}".`
  if (law.refractorySteps === 0) return null
  return `NIR has no refractory time, and that of this run is ${spec.network.refractoryTime} ms. Set network.refractoryTime to 0.`
}

/** Law of a network's neurons. @throws RangeError if NIR cannot express them */
export function nirLawOf(spec: Network): LifLaw {
  const reason = whyNotNir(spec)
  if (reason !== null) throw new RangeError(reason)
  return lawOf(spec)!
}

const titleOf = (kind: string) => neuronKinds.find((one) => one.kind === kind)?.title ?? kind
