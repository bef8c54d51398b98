import type { Crossbar } from '../crossbar/crossbar.ts'
import { pulseKinds } from '../device/device-array.ts'
import type { Numbers } from '../kernels/kernels.ts'
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

/** Fraction of devices above 90 % of the maximum conductance (µS); 0 without devices. */
export function saturatedShare(layers: readonly Layer[], maxConductance: number): number {
  let devices = 0
  let saturated = 0
  for (const { crossbar } of layers) {
    if (!crossbar) continue
    saturated += countAbove(crossbar.devices.conductance, 0.9 * maxConductance)
    devices += crossbar.devices.conductance.length
  }
  return devices > 0 ? saturated / devices : 0
}

/** Copies of the weights or conductances of every layer. Synapses that do not exist are NaN. */
export function synapseArrays(layers: readonly Layer[]): NamedArray[] {
  return layers.flatMap(({ name, crossbar, weights }): NamedArray[] => {
    if (weights) return [{ kind: 'weight', name, shape: [weights.post, weights.pre], data: maskedCopy(weights, weights.weights, 1) }]
    if (!crossbar) return []
    const data = maskedCopy(crossbar, crossbar.devices.conductance, 2 * crossbar.pairs)
    return [{ kind: 'conductance', name, shape: deviceShape(crossbar), data }]
  })
}

/** Ledger of every device, by layer. Digital weights have none. */
export const ledgerArrays = (layers: readonly Layer[]): NamedArray[] =>
  layers.flatMap(({ name, crossbar }) => (crossbar ? pulseKinds.map((kind) =>
    ({ kind: `pulses.${kind}`, name, shape: deviceShape(crossbar), data: crossbar.devices.ledger[kind].slice() })) : []))

/**
 * Age of every device, by layer: the time since its last pulse, s. Digital weights and devices that do not drift have none.
 * @param now s since the experiment began
 */
export const ageArrays = (layers: readonly Layer[], now: number): NamedArray[] =>
  layers.flatMap(({ name, crossbar }) => {
    const programmedAt = crossbar?.devices.programmedAt
    if (!crossbar || !programmedAt) return []
    const data = maskedCopy(crossbar, programmedAt.map((time) => now - time), 2 * crossbar.pairs)
    return [{ kind: 'age', name, shape: deviceShape(crossbar), data }]
  })

const deviceShape = ({ post, pre, pairs }: Crossbar) => [post, pre, pairs, 2]

/** Copy of the values of every synapse, with NaN for self-connections that do not exist. @param each values per synapse */
function maskedCopy(synapses: DigitalWeights | Crossbar, values: Numbers, each: number): Float32Array<ArrayBuffer> {
  const copy = new Float32Array(values)
  for (let neuron = 0; neuron < Math.min(synapses.post, synapses.pre); neuron++) {
    const synapse = neuron * (synapses.pre + 1)
    if (!synapses.connected(synapse)) copy.fill(NaN, synapse * each, (synapse + 1) * each)
  }
  return copy
}

/** A loop over indices takes a sixth of the time of one over values. */
function countAbove(values: Numbers, limit: number): number {
  let count = 0
  for (let k = 0; k < values.length; k++) if (values[k]! > limit) count += 1
  return count
}

function sum(counts: Uint32Array): number {
  let total = 0
  for (let k = 0; k < counts.length; k++) total += counts[k]!
  return total
}
