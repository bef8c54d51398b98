import { Crossbar } from '../crossbar/crossbar.ts'
import { Eprop } from '../learning/eprop.ts'
import { type NetworkSize, SequenceRecord } from '../network/forward.ts'
import { DigitalWeights } from '../network/synapses.ts'
import { usesDevices } from '../spec/scheme.ts'
import { OUTPUT_NEURONS, type Spec } from '../spec/spec.ts'

/** Beside its columns a device holds G and P (float32), its moment (float64) and four counts. */
const BYTES_PER_DEVICE = 32
/** Beside its gradient a synapse holds a weight or an accumulator. */
const BYTES_PER_SYNAPSE = 8

export const sizeOf = ({ task, network }: Spec): NetworkSize =>
  ({ steps: task.steps, inputs: task.inputChannels, neurons: network.recurrentNeurons, outputs: OUTPUT_NEURONS })

/** Differential pairs of a synapse; 0 for digital weights. */
const pairsOf = ({ scheme }: Spec) => (scheme.kind === 'multi-memristor' ? scheme.pairs : usesDevices(scheme) ? 1 : 0)

/** What a network of this size takes of the kernels' memory, by whether and how many pairs make a synapse. */
export function kernelBytesOf(size: NetworkSize, pairs: number, form: Spec['learning']['gradientForm']): number {
  const layer = (post: number, pre: number) => (pairs > 0 ? Crossbar.bytes(post, pre, pairs) : DigitalWeights.bytes(post, pre))
  return SequenceRecord.bytes(size) + Eprop.bytes(size, form)
    + layer(size.neurons, size.inputs) + layer(size.neurons, size.neurons) + layer(size.outputs, size.neurons)
}

/** Exactly what the trainer of a spec takes of the kernels' memory. */
export const kernelBytes = (spec: Spec) => kernelBytesOf(sizeOf(spec), pairsOf(spec), spec.learning.gradientForm)

/** About what the trainer of a spec takes altogether, in its own arithmetic. */
export function memoryBytes(spec: Spec): number {
  const { inputs, neurons, outputs } = sizeOf(spec)
  const synapses = neurons * (inputs + neurons + outputs)
  const kept = synapses * (BYTES_PER_SYNAPSE + 2 * pairsOf(spec) * BYTES_PER_DEVICE)
  return kept + kernelBytes(spec) * (spec.training.arithmetic === 'float64' ? 2 : 1)
}
