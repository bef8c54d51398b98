import { bytesOf, type Kernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import { Raster } from '../kernels/raster.ts'
import type { Equations } from './equations.ts'
import type { Presentation, Synapses } from './synapses.ts'

export interface Connections {
  input: Synapses
  recurrent: Synapses
  output: Synapses
}

export interface NetworkSize {
  steps: number
  inputs: number
  neurons: number
  outputs: number
}

/** Spikes, membrane potentials and readout of one presented sequence. The next sequence overwrites them. */
export class SequenceRecord {
  readonly size: NetworkSize
  readonly kernels: Kernels
  /** Input spikes. */
  readonly input: Raster
  /** Recurrent spikes. */
  readonly spikes: Raster
  /** Membrane potential, [steps][neurons]. */
  readonly membrane: Numbers
  /** Other state of the neuron model by its names, each [steps][neurons]. */
  readonly state: Readonly<Record<string, Numbers>>
  /** Readout, [steps][outputs]. */
  readonly output: Numbers
  /** Number of spikes of each neuron, [neurons]. */
  readonly spikeCounts: Uint32Array
  /** First step at which each neuron may spike again, [neurons]. */
  readonly readyAt: Uint32Array
  /** Summed synaptic current of the current step: to the membranes [neurons] and to the readout [outputs], both padded. */
  readonly current: Numbers
  readonly readout: Numbers

  /** @param states names of the neuron model's state besides the membrane potential */
  constructor(size: NetworkSize, kernels: Kernels, states: readonly string[] = []) {
    const { steps, inputs, neurons, outputs } = size
    this.size = size
    this.kernels = kernels
    this.input = Raster.within(kernels, steps, inputs)
    this.spikes = Raster.within(kernels, steps, neurons)
    this.membrane = kernels.numbers(steps * neurons)
    this.state = Object.fromEntries(states.map((name) => [name, kernels.numbers(steps * neurons)]))
    this.output = new kernels.Numbers(steps * outputs)
    this.spikeCounts = kernels.counts(neurons)
    this.readyAt = kernels.counts(neurons)
    this.current = kernels.numbers(strideOf(neurons))
    this.readout = kernels.numbers(strideOf(outputs))
  }

  /** Bytes of kernel memory that a record needs. @param states number of the neuron model's states besides the membrane potential */
  static bytes({ steps, inputs, neurons, outputs }: NetworkSize, states = 0): number {
    return Raster.bytes(steps, inputs) + Raster.bytes(steps, neurons) + (1 + states) * bytesOf(steps * neurons)
      + 2 * bytesOf(neurons) + bytesOf(strideOf(neurons)) + bytesOf(strideOf(outputs))
  }
}

/**
 * Presents one sequence to the network. The neurons' state, z and y start at 0. The neurons receive I[t] = W_in·x[t−d] + W_rec·z[t−1] and
 * spike by their model, and y[t] = κ·y[t−1] + h·W_out·z[t], with h = filterGain and d = inputDelay. With d = 1, nothing happens at step 0 (arXiv 2108.01804).
 * With d = 0, the input acts in the same step (NEST).
 */
export function present(
  input: Raster, connections: Connections, equations: Equations, record: SequenceRecord, presentation: Presentation,
): void {
  const { input: fromInput, recurrent, output } = connections
  const { size: { steps }, spikes, current, readout } = record
  record.input.copy(input)
  record.spikeCounts.fill(0)
  record.readyAt.fill(0)
  for (const synapses of [fromInput, recurrent, output]) synapses.beginSequence(presentation)
  for (let t = 0; t < steps; t++) {
    const readAt = t - equations.inputDelay
    if (readAt >= 0) fromInput.addSpikes(record.input, readAt, readAt, current)
    if (t > 0) recurrent.addSpikes(spikes, t - 1, readAt, current)
    equations.neuron.step(t, record)
    output.addSpikes(spikes, t, readAt, readout)
    stepReadout(t, equations, record)
  }
  for (const synapses of [fromInput, recurrent, output]) synapses.endSequence()
}

function stepReadout(t: number, { kappa, filterGain }: Equations, { size: { outputs }, output, readout }: SequenceRecord): void {
  for (let o = 0; o < outputs; o++) {
    const before = t > 0 ? output[(t - 1) * outputs + o]! : 0
    output[t * outputs + o] = kappa * before + filterGain * readout[o]!
    readout[o] = 0
  }
}
