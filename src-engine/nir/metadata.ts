import { documentOf } from '../experiment/devices/registry.ts'
import { usesDevices } from '../experiment/scheme.ts'
import type { Spec } from '../experiment/spec.ts'
import { equationsOf } from '../network/equations.ts'
import type { NirForm } from './forms.ts'

/** Facts about a graph, by name: texts, real numbers and integers. */
export type NirMetadata = Readonly<Record<string, string | number | bigint>>

/** What a reader must know to simulate a graph as the network was trained, and what the graph leaves out. Times are in s. */
export function networkMetadata(spec: Spec, form: NirForm): NirMetadata {
  const { task, network, conventions, scheme, device, seed } = spec
  const hasDevices = usesDevices(scheme)
  const { inputDelay, kappa, neuron } = equationsOf(network, conventions, task.dt)
  return {
    form,
    scheme: scheme.kind,
    ...(hasDevices && { device: device.model }),
    seed: BigInt(seed),
    task: task.kind,
    dt: task.dt / 1000,
    integration: 'One Euler step per dt: v = v + dt/tau*(v_leak - v + r*I). tau = dt/(1 - decay), so that v decays by exp(-dt/timeConstant).',
    reset: resets[form],
    timeConstant: network.tauRecurrent / 1000,
    decay: neuron.traceDecay,
    readoutTimeConstant: network.tauOutput / 1000,
    readoutDecay: kappa,
    inputDelay: BigInt(inputDelay),
    weights: hasDevices ? '(sum of G+ - sum of G-)/scale of the programmed conductances' : 'digital',
    leftOut: leftOut(spec).join('; '),
  }
}

const resets: Readonly<Record<NirForm, string>> = {
  exact: 'The diagonal of neurons.w_rec subtracts the threshold in the step after a spike.',
  lif: 'Subtract v_threshold in the step after a spike, after the decay. Do not set the potential to v_reset.',
}

function leftOut({ scheme, device, conventions }: Spec): string[] {
  if (!usesDevices(scheme)) return ['learning']
  const { read, drift } = documentOf(device)
  const isNoisy = read.slope !== 0 || read.offset !== 0
  return [
    'learning',
    ...(isNoisy ? ['READ noise'] : []),
    ...(drift && drift.exponent !== 0 ? ['drift'] : []),
    ...(conventions.selfConnections === 'noise' ? ['noise of self-connections'] : []),
  ]
}
