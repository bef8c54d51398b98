import type { Crossbar } from '../crossbar/crossbar.ts'
import { pulseKinds } from '../device/device-array.ts'
import type { Layer } from '../learning/layer.ts'
import type { DigitalWeights } from '../network/synapses.ts'
import type { NamedArray, PulseCounts } from './events.ts'

/** Pulses of all layers so far. */
export function countPulses(layers: readonly Layer[]): PulseCounts {
  const total = { set: 0, reset: 0, refresh: 0, read: 0 }
  for (const { crossbar } of layers) {
    if (!crossbar) continue
    const { ledger } = crossbar.devices
    for (const kind of pulseKinds) total[kind] += sum(ledger[kind])
  }
  return { ...total, refresh: total.refresh / 2 }
}

/** Share of devices above 90 % of the largest conductance. */
export function saturatedShare(layers: readonly Layer[], maxConductance: number): number {
  let devices = 0
  let saturated = 0
  for (const { crossbar } of layers) {
    if (!crossbar) continue
    for (const conductance of crossbar.devices.conductance) if (conductance > 0.9 * maxConductance) saturated += 1
    devices += crossbar.devices.conductance.length
  }
  return devices > 0 ? saturated / devices : 0
}

/** Weights or conductances of every layer; a synapse that does not exist is NaN. */
export function synapseArrays(layers: readonly Layer[]): NamedArray[] {
  return layers.flatMap((layer): NamedArray[] => {
    const { name, crossbar, weights } = layer
    if (weights) return [{ kind: 'weight', name, shape: [weights.post, weights.pre], data: existing(weights) }]
    if (!crossbar) return []
    const perSynapse = 2 * crossbar.pairs
    const conductance = Float32Array.from(crossbar.devices.conductance, (g, device) =>
      crossbar.connected(Math.floor(device / perSynapse)) ? g : NaN)
    return [{ kind: 'conductance', name, shape: deviceShape(crossbar), data: conductance }]
  })
}

/** The ledger of every device, by layer; none for digital weights. */
export const ledgerArrays = (layers: readonly Layer[]): NamedArray[] =>
  layers.flatMap(({ name, crossbar }) => (crossbar ? pulseKinds.map((kind) =>
    ({ kind: `pulses.${kind}`, name, shape: deviceShape(crossbar), data: crossbar.devices.ledger[kind].slice() })) : []))

const deviceShape = ({ post, pre, pairs }: Crossbar) => [post, pre, pairs, 2]

const existing = (weights: DigitalWeights) =>
  Float32Array.from(weights.weights, (weight, synapse) => (weights.connected(synapse) ? weight : NaN))

function sum(counts: Uint32Array): number {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]
  return total
}
