import { Crossbar } from '../crossbar/crossbar.ts'
import { Eprop } from '../learning/eprop.ts'
import { type NetworkSize, SequenceRecord } from '../network/forward.ts'
import { neuronModelOf } from '../network/neurons/registry.ts'
import { DigitalWeights } from '../network/synapses.ts'
import { projections } from '../experiment/layers.ts'
import { pairsOf } from '../experiment/scheme.ts'
import { type Spec, sumsReads } from '../experiment/spec.ts'
import { outputsOf } from '../experiment/task.ts'

export const sizeOf = ({ task, network }: Spec): NetworkSize =>
  ({ steps: task.steps, inputs: task.inputChannels, neurons: network.recurrentNeurons, outputs: outputsOf(task) })

/**
 * Bytes of kernel memory that a network of this size needs.
 * @param pairs device pairs per synapse; 0 for digital weights
 * @param summed whether READ noise is drawn for sums of READs
 * @param states number of the neuron model's states besides the membrane potential
 */
export function kernelBytesOf(
  size: NetworkSize, pairs: number, form: Spec['learning']['gradientForm'], summed = false, states = 0,
): number {
  const populations = { input: size.inputs, recurrent: size.neurons, output: size.outputs }
  const layer = (post: number, pre: number) =>
    (pairs > 0 ? Crossbar.bytes(post, pre, pairs, summed) : DigitalWeights.bytes(post, pre))
  return SequenceRecord.bytes(size, states) + Eprop.bytes(size, form)
    + projections.reduce((sum, { from, to }) => sum + layer(populations[to], populations[from]), 0)
}

/** Exact number of bytes of kernel memory that the trainer of a spec needs. */
export function kernelBytes(spec: Spec): number {
  const states = neuronModelOf(spec.network).state.length
  return kernelBytesOf(sizeOf(spec), pairsOf(spec.scheme), spec.learning.gradientForm, sumsReads(spec.device), states)
}
