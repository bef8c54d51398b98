import { type LayerName, populationSizes } from '../experiment/layers.ts'
import type { Spec } from '../experiment/spec.ts'
import { equationsOf } from '../network/equations.ts'
import type { LifLaw } from '../network/neurons/lif.ts'
import type { NirForm } from './forms.ts'
import type { NirArray, NirEdge, NirGraph, NirNode, NirNodes } from './graph.ts'
import { nirLawOf } from './laws.ts'
import { nextBelow } from './next-below.ts'

/** Weights of every layer, [post][pre]. */
export type LayerWeights = Readonly<Record<LayerName, ArrayLike<number>>>

/**
 * A network as a graph of NIR. One Euler step of dt computes one step of the network, v ← α·v + g·I: τ = dt/(1 − α) and R = g/(1 − α).
 * These are the values that snnTorch writes and expects, with names as it expects them: a group before the dot for neurons and their
 * recurrent weights. NIR leaves the step to its reader.
 * @throws RangeError if NIR cannot express the network
 */
export function networkGraph(spec: Spec, weights: LayerWeights, form: NirForm): NirGraph {
  const { input, recurrent, output } = populationSizes(spec)
  const { kappa, filterGain } = equationsOf(spec.network, spec.conventions, spec.task.dt)
  const arrays = arraysFor[form]
  const dt = spec.task.dt / 1000
  const neurons = forms[form](nirLawOf(spec), dt)
  return {
    nodes: {
      input: shapeNode('Input', input),
      w_in: arrays.linear(weights.input, recurrent),
      ...arrays.each(neurons.nodes, recurrent),
      'neurons.w_rec': arrays.linear(plusDiagonal(weights.recurrent, recurrent, neurons.diagonal), recurrent),
      w_out: arrays.linear(weights.output, output),
      ...arrays.each({ readout: { type: 'LI', parameters: leak(kappa, filterGain, dt) } }, output),
      output: shapeNode('Output', output),
    },
    edges: [
      ['input', 'w_in'], ['w_in', neurons.enters], ...neurons.edges,
      [neurons.leaves, 'neurons.w_rec'], ['neurons.w_rec', neurons.enters],
      [neurons.leaves, 'w_out'], ['w_out', 'readout'], ['readout', 'output'],
    ],
  }
}

/** A node whose parameters are the same for all of its neurons. */
interface UniformNode {
  type: NirNode['type']
  parameters: Readonly<Record<string, number>>
}

/** The recurrent neurons: one node or several. */
interface Neurons {
  nodes: Readonly<Record<string, UniformNode>>
  edges: readonly NirEdge[]
  /** Node that receives the currents, and node that sends the spikes. */
  enters: string
  leaves: string
  /** What every neuron sends to itself besides its weight. */
  diagonal: number
}

const forms: Readonly<Record<NirForm, (law: LifLaw, dt: number) => Neurons>> = {
  exact: (law, dt) => ({
    nodes: {
      'neurons.membrane': { type: 'LI', parameters: leak(law.alpha, law.membraneGain, dt) },
      'neurons.spikes': { type: 'Threshold', parameters: { threshold: thresholdOf(law) } },
    },
    edges: [['neurons.membrane', 'neurons.spikes']],
    enters: 'neurons.membrane',
    leaves: 'neurons.spikes',
    // v ← α·v + g·(W·z − v_th/g·z)
    diagonal: -law.threshold / law.membraneGain,
  }),
  lif: (law, dt) => ({
    nodes: {
      'neurons.lif': { type: 'LIF', parameters: { ...leak(law.alpha, law.membraneGain, dt), v_threshold: thresholdOf(law) } },
    },
    edges: [],
    enters: 'neurons.lif',
    leaves: 'neurons.lif',
    diagonal: 0,
  }),
}

/** Leaky integrator whose Euler step is v ← decay·v + gain·I. @param dt s */
const leak = (decay: number, gain: number, dt: number) => ({ tau: dt / (1 - decay), r: gain / (1 - decay), v_leak: 0 })

/** NIR's neurons spike at v > threshold. v ≥ v_th is the same as v > the next number below v_th. */
const thresholdOf = ({ threshold, spikesAtThreshold }: LifLaw) => (spikesAtThreshold ? nextBelow(threshold) : threshold)

function plusDiagonal(weights: ArrayLike<number>, neurons: number, added: number): Float64Array {
  const sums = Float64Array.from(weights)
  for (let neuron = 0; neuron < neurons; neuron++) sums[neuron * (neurons + 1)]! += added
  return sums
}

const shapeNode = (type: 'Input' | 'Output', size: number): NirNode =>
  ({ type, parameters: { shape: { shape: [1], values: BigInt64Array.of(BigInt(size)) } } })

/** Makes nodes whose parameters have one type of numbers. */
function arraysOf(Numbers: typeof Float32Array | typeof Float64Array) {
  const uniform = ({ type, parameters }: UniformNode, size: number): NirNode =>
    ({ type, parameters: mapped(parameters, (value): NirArray => ({ shape: [size], values: new Numbers(size).fill(value) })) })
  return {
    /** @param weights [post][pre] */
    linear: (weights: ArrayLike<number>, post: number): NirNode =>
      ({ type: 'Linear', parameters: { weight: { shape: [post, weights.length / post], values: Numbers.from(weights) } } }),
    each: (nodes: Readonly<Record<string, UniformNode>>, size: number): NirNodes => mapped(nodes, (node) => uniform(node, size)),
  }
}

const mapped = <From, To>(values: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, to(value)]))

/** In double precision the exact form rounds nothing. Simulators compute in float32, and some refuse a mixture. */
const arraysFor = { exact: arraysOf(Float64Array), lif: arraysOf(Float32Array) }
