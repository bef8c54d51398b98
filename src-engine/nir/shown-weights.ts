import type { DeviceDocument } from '../experiment/devices/document.ts'
import { documentOf } from '../experiment/devices/registry.ts'
import { hasSelfConnections, scaleOf } from '../experiment/layers.ts'
import type { Spec } from '../experiment/spec.ts'

/** A layer of a snapshot: weights [post][pre], or conductances [post][pre][pair][G⁺, G⁻] in µS. */
export interface StoredLayer {
  name: string
  kind: string
  shape: readonly number[]
  data: ArrayLike<number>
}

/**
 * Weights of a stored layer, [post][pre]. Those of devices are what READs show without noise at the reference age of the drift: each
 * conductance within the bounds of a READ. Self-connections are 0, because there are none, or they are RESET before each sequence.
 */
export function shownWeights(layer: StoredLayer, { device }: Pick<Spec, 'device'>): Float64Array {
  const { name, kind, shape: [post = 0, pre = 0] } = layer
  const weights = kind === 'weight' ? Float64Array.from(layer.data) : weightsOfDevices(layer, scaleOf(device, name), documentOf(device).bounds)
  if (hasSelfConnections(name)) for (let neuron = 0; neuron < post; neuron++) weights[neuron * (pre + 1)] = 0
  return weights
}

/** w = (ΣG⁺ − ΣG⁻)/scale. @param scale µS per unit of weight */
function weightsOfDevices(
  { shape: [post = 0, pre = 0, pairs = 0], data }: StoredLayer, scale: number, { smallest, largest }: DeviceDocument['bounds'],
): Float64Array {
  const shown = (device: number) => Math.min(Math.max(data[device]!, smallest), largest)
  const weights = new Float64Array(post * pre)
  for (let synapse = 0, plus = 0; synapse < weights.length; synapse++) {
    let difference = 0
    for (let pair = 0; pair < pairs; pair++, plus += 2) difference += shown(plus) - shown(plus + 1)
    weights[synapse] = difference / scale
  }
  return weights
}
