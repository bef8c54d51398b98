import { type LayerName, layerNames } from './layer-names.ts'
import { oneOf } from './problem.ts'
import type { SchemeOf } from './scheme.ts'
import type { DeviceSpec, LearningSpec, Spec } from './spec.ts'
import { outputsOf } from './task.ts'

export { type LayerName, layerNames } from './layer-names.ts'

/** Groups of neurons, with what one of them is called, alone and on the presynaptic side of a synapse. */
export const populations = {
  input: { title: 'Input channel', presynaptic: 'Input channel' },
  recurrent: { title: 'Neuron', presynaptic: 'Presynaptic neuron' },
  output: { title: 'Output', presynaptic: 'Output' },
} as const
export type Population = keyof typeof populations

/** The synapses from one population to another. */
interface Projection {
  name: LayerName
  title: string
  from: Population
  to: Population
  /** Its learning rate. */
  rate: keyof LearningSpec
  /** Its factor of the scale, and of the sign scheme's stop-learning threshold; null if it has none. */
  scaleFactor: keyof DeviceSpec | null
  thresholdFactor: keyof SchemeOf<'sign'> | null
}

/** All layers of synapses. A layer's index is part of its random keys, so never reorder them. */
export const projections = [
  { name: 'input', title: 'Input', from: 'input', to: 'recurrent', rate: 'rateInput', scaleFactor: null, thresholdFactor: null },
  {
    name: 'recurrent', title: 'Recurrent', from: 'recurrent', to: 'recurrent', rate: 'rateRecurrent',
    scaleFactor: 'scaleRecurrent', thresholdFactor: 'thresholdRecurrent',
  },
  {
    name: 'output', title: 'Output', from: 'recurrent', to: 'output', rate: 'rateOutput',
    scaleFactor: 'scaleOutput', thresholdFactor: 'thresholdOutput',
  },
] as const satisfies readonly Projection[]

type Layer = (typeof projections)[number]

/** Layers whose synapses have eligibility traces: those onto the recurrent neurons. */
export const tracedLayers = ['input', 'recurrent'] as const satisfies readonly Extract<Layer, { to: 'recurrent' }>['name'][]
export type TracedLayer = (typeof tracedLayers)[number]

/** @throws Error that names the layer if there is no such layer */
export function projectionOf(layer: string): Layer {
  const found = projections.find(({ name }) => name === layer)
  if (!found) throw new Error(`There is no layer ${layer}. It must be ${oneOf(layerNames)}.`)
  return found
}

/** Whether neuron i of a layer's presynaptic side is also neuron i of its postsynaptic side, so that conventions may mask the diagonal. */
export const hasSelfConnections = (layer: string): boolean => {
  const { from, to } = projectionOf(layer)
  return (from as Population) === to
}

/** Learning rate η of a layer. */
export const rateOf = (learning: LearningSpec, layer: string): number => learning[projectionOf(layer).rate]

/** Conductance difference that represents a weight of 1 in a layer, µS. */
export function scaleOf(device: DeviceSpec, layer: string): number {
  const { scaleFactor } = projectionOf(layer)
  return device.scale * (scaleFactor ? device[scaleFactor] : 1)
}

/** Stop-learning threshold θ of a layer in the sign scheme. */
export function stopThresholdOf(sign: SchemeOf<'sign'>, layer: string): number {
  const { thresholdFactor } = projectionOf(layer)
  return sign.stopThreshold * (thresholdFactor ? sign[thresholdFactor] : 1)
}

/** Number of neurons of each population. */
export const populationSizes = ({ task, network }: Pick<Spec, 'task' | 'network'>): Record<Population, number> =>
  ({ input: task.inputChannels, recurrent: network.recurrentNeurons, output: outputsOf(task) })

/** Number of synapses of all layers, self-connections included. */
export function synapseCount(spec: Pick<Spec, 'task' | 'network'>): number {
  const sizes = populationSizes(spec)
  return projections.reduce((sum, { from, to }) => sum + sizes[to] * sizes[from], 0)
}
