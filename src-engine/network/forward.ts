import type { Equations } from './equations.ts'
import { Raster } from '../kernels/raster.ts'
import type { Synapses } from './synapses.ts'

export interface Connections {
  input: Synapses
  recurrent: Synapses
  output: Synapses
}

/** What one presented sequence leaves behind; its memory is used again for the next. */
export class SequenceRecord {
  readonly steps: number
  readonly neurons: number
  readonly outputs: number
  /** Membrane potential, [steps][neurons]. */
  readonly membrane: Float64Array | Float32Array
  /** Recurrent spikes. */
  readonly spikes: Raster
  /** Readout, [steps][outputs]. */
  readonly output: Float64Array | Float32Array
  /** Spikes of each neuron, [neurons]. */
  readonly spikeCounts: Uint32Array

  /** @param Numbers precision in which membrane and readout are kept from step to step */
  constructor(
    steps: number, neurons: number, outputs: number,
    Numbers: typeof Float64Array | typeof Float32Array = Float64Array,
  ) {
    this.steps = steps
    this.neurons = neurons
    this.outputs = outputs
    this.membrane = new Numbers(steps * neurons)
    this.spikes = new Raster(steps)
    this.output = new Numbers(steps * outputs)
    this.spikeCounts = new Uint32Array(neurons)
  }
}

/**
 * Presents one sequence to the network, from rest:
 * v[t] = α·v[t−1] + g·(W_in·x[t−d] + W_rec·z[t−1]) − v_th·z[t−1], z = spike, y[t] = κ·y[t−1] + h·W_out·z[t].
 * With an input delay d = 1 nothing happens at step 0 (arXiv 2108.01804), with 0 the input is felt at once (NEST).
 */
export function present(input: Raster, connections: Connections, equations: Equations, record: SequenceRecord): void {
  const { input: fromInput, recurrent, output } = connections
  const { steps, neurons, outputs, spikes } = record
  const { inputDelay, membraneGain, filterGain } = equations
  const current = new Float64Array(neurons)
  const readout = new Float64Array(outputs)
  record.output.fill(0)
  record.spikeCounts.fill(0)
  spikes.clear()
  for (let t = 0; t < steps; t++) {
    const read = t - inputDelay
    current.fill(0)
    if (read >= 0) addSpikes(input, read, fromInput, read, current)
    if (t > 0) addSpikes(spikes, t - 1, recurrent, read, current)
    updateMembrane(t, current, membraneGain, equations, record)
    readout.fill(0)
    addSpikes(spikes, t, output, read, readout)
    for (let o = 0; o < outputs; o++) {
      const before = t > 0 ? record.output[(t - 1) * outputs + o] : 0
      record.output[t * outputs + o] = equations.kappa * before + filterGain * readout[o]
    }
  }
}

function addSpikes(raster: Raster, step: number, synapses: Synapses, readAt: number, current: Float64Array): void {
  for (let k = raster.offsets[step], end = raster.offsets[step + 1]; k < end; k++) {
    synapses.addSpike(raster.neurons[k], readAt, current)
  }
}

function updateMembrane(t: number, current: Float64Array, gain: number, equations: Equations, record: SequenceRecord): void {
  const { neurons, membrane, spikes, spikeCounts } = record
  const { alpha, threshold, spikesAtThreshold } = equations
  const now = t * neurons
  for (let j = 0; j < neurons; j++) membrane[now + j] = gain * current[j] + (t > 0 ? alpha * membrane[now - neurons + j] : 0)
  if (t > 0) subtractThreshold(t, threshold, record)
  for (let j = 0; j < neurons; j++) {
    const v = membrane[now + j]
    if (v > threshold || (spikesAtThreshold && v === threshold)) {
      spikes.add(j)
      spikeCounts[j] += 1
    }
  }
  spikes.advance()
}

function subtractThreshold(t: number, threshold: number, { neurons, membrane, spikes }: SequenceRecord): void {
  for (let k = spikes.offsets[t - 1]; k < spikes.offsets[t]; k++) membrane[t * neurons + spikes.neurons[k]] -= threshold
}
