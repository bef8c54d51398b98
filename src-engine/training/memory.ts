import { Crossbar } from '../crossbar/crossbar.ts'
import { Eprop } from '../learning/eprop.ts'
import { type NetworkSize, SequenceRecord } from '../network/forward.ts'
import { DigitalWeights } from '../network/synapses.ts'
import { pairsOf } from '../spec/scheme.ts'
import { OUTPUT_NEURONS, type Spec } from '../spec/spec.ts'

export const sizeOf = ({ task, network }: Spec): NetworkSize =>
  ({ steps: task.steps, inputs: task.inputChannels, neurons: network.recurrentNeurons, outputs: OUTPUT_NEURONS })

/** What a network of this size takes of the kernels' memory, by whether and how many pairs make a synapse. */
export function kernelBytesOf(size: NetworkSize, pairs: number, form: Spec['learning']['gradientForm']): number {
  const layer = (post: number, pre: number) => (pairs > 0 ? Crossbar.bytes(post, pre, pairs) : DigitalWeights.bytes(post, pre))
  return SequenceRecord.bytes(size) + Eprop.bytes(size, form)
    + layer(size.neurons, size.inputs) + layer(size.neurons, size.neurons) + layer(size.outputs, size.neurons)
}

/** Exactly what the trainer of a spec takes of the kernels' memory. */
export const kernelBytes = (spec: Spec) => kernelBytesOf(sizeOf(spec), pairsOf(spec.scheme), spec.learning.gradientForm)
