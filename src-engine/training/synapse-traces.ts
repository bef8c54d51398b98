import { isSelfConnection, type SynapseTraces, timeSeriesOf, type WatchedSynapse } from '../analysis/observation.ts'
import { projectionOf } from '../experiment/layers.ts'
import { columnOf } from '../kernels/column.ts'
import { type Raster, rasterOf } from '../kernels/raster.ts'
import { referenceKernels } from '../kernels/reference.ts'
import { learningSignals } from '../kernels/traces.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { SequenceRecord } from '../network/forward.ts'
import type { NeuronRecord } from '../network/neurons/neuron.ts'

/** Traces of one neuron at every step, [steps], in float64. */
export interface FullNeuronTraces {
  membrane: Float64Array
  /** Firing threshold that the potential is compared with. */
  threshold: Float64Array
  psi: Float64Array
  signal: Float64Array
  /** Steps at which the neuron spiked. */
  spikes: Uint16Array
}

/** The quantities of `SynapseTraces` at every step, [steps], in float64. */
export interface FullTraces extends FullNeuronTraces {
  eligibility: Float64Array
  gradient: number
}

/**
 * Membrane potential, threshold, surrogate derivative and learning signal of one neuron, by the definition of e-prop.
 * @param target [steps][outputs]
 */
export function neuronTraces(
  neuron: number, record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): FullNeuronTraces {
  const { steps, neurons, equations } = options
  const membrane = columnOf(record.membrane, neuron, neurons)
  const spikes = stepsOf(record.spikes, neuron)
  const own = recordOf(neuron, record, membrane, spikes)
  const [psi, threshold] = [new Float64Array(steps), new Float64Array(steps).fill(equations.neuron.threshold)]
  equations.neuron.surrogates(own, psi)
  equations.neuron.thresholds?.(own, threshold)
  return { membrane, threshold, psi, signal: learningSignal(neuron, record, target, options), spikes }
}

/** Eligibility trace of a synapse onto a neuron whose surrogate derivative is known. */
export function eligibilityTrace(
  { layer, presynaptic }: Omit<WatchedSynapse, 'neuron'>, psi: Float64Array, record: SequenceRecord, options: EpropOptions,
): Float64Array {
  return eligibilityOf(psi, presynapticTrace(layer, presynaptic, record, options), options)
}

/**
 * All traces of one synapse. They are computed from the record of a presented sequence, because the engine's gradient form 'filtered'
 * never computes eligibility traces.
 * @param target [steps][outputs]
 */
export function fullTraces(
  { layer, neuron, presynaptic }: WatchedSynapse, record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): FullTraces {
  const traces = neuronTraces(neuron, record, target, options)
  const { psi, signal } = traces
  const trace = presynapticTrace(layer, presynaptic, record, options)
  const eligibility = eligibilityOf(psi, trace, options)
  const pull = ratePull(record.spikeCounts[neuron]!, options)
  let gradient = 0
  for (let t = 0; t < options.steps; t++) gradient += signal[t]! * eligibility[t]! + pull * psi[t]! * trace[t]!
  return { ...traces, eligibility, gradient }
}

/** Traces of one synapse for display, thinned to at most `MOST_POINTS` points each. */
export function synapseTraces(
  synapse: WatchedSynapse, record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): SynapseTraces & { gradient: number } {
  const { membrane, threshold, signal, eligibility, gradient, spikes } = fullTraces(synapse, record, target, options)
  const connected = options.selfConnected || !isSelfConnection(synapse)
  return {
    ...synapse,
    connected,
    threshold: timeSeriesOf(threshold),
    spikes,
    membrane: timeSeriesOf(membrane),
    signal: timeSeriesOf(signal),
    eligibility: timeSeriesOf(eligibility),
    gradient: connected ? gradient : 0,
  }
}

/** The record of one neuron alone, in float64. */
function recordOf(neuron: number, { size, state }: SequenceRecord, membrane: Float64Array, spikes: Uint16Array): NeuronRecord {
  const { steps, neurons } = size
  const fired = new Set(spikes)
  return {
    size: { steps, neurons: 1 },
    kernels: referenceKernels,
    membrane,
    state: Object.fromEntries(Object.entries(state).map(([name, values]) => [name, columnOf(values, neuron, neurons)])),
    spikes: rasterOf(steps, 1, (t) => fired.has(t)),
  }
}

/** ē[t] = κ·ē[t−1] + gain·ψ[t]·x̄[t] */
function eligibilityOf(psi: Float64Array, trace: Float64Array, { steps, equations }: EpropOptions): Float64Array {
  const { kappa, filterGain } = equations
  const eligibility = new Float64Array(steps)
  for (let t = 0, filtered = 0; t < steps; t++) {
    filtered = kappa * filtered + filterGain * psi[t]! * trace[t]!
    eligibility[t] = filtered
  }
  return eligibility
}

/** x̄[t] = α·x̄[t−1] + gain·x[t−delay] */
function presynapticTrace(
  layer: WatchedSynapse['layer'], neuron: number, record: SequenceRecord, { steps, equations }: EpropOptions,
): Float64Array {
  const [raster, delay] = projectionOf(layer).from === 'input' ? [record.input, equations.inputTraceDelay] as const : [record.spikes, 1] as const
  const trace = new Float64Array(steps)
  for (const step of stepsOf(raster, neuron)) if (step + delay < steps) trace[step + delay] = equations.traceGain
  for (let t = 1; t < steps; t++) trace[t]! += equations.alpha * trace[t - 1]!
  return trace
}

function learningSignal(
  neuron: number, { output, spikeCounts }: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): Float64Array {
  const { steps, neurons, outputs, equations, learning, feedback } = options
  const base = equations.rateTerm === 'signal' ? learning.regularisation * rateError(spikeCounts[neuron]!, options) : 0
  const error = new Float64Array(output.length)
  options.findError(output, target, error)
  const signal = new Float64Array(steps)
  learningSignals(steps, 1, outputs, Float64Array.of(base), columnOf(feedback, neuron, neurons), error, signal)
  return signal
}

/** Factor of NEST's separate rate term, with rates in spikes per step and the mean over the steps. 0 if the rate is in the learning signal. */
function ratePull(spikes: number, options: EpropOptions): number {
  const { steps, secondsPerStep, equations, learning } = options
  if (equations.rateTerm === 'signal') return 0
  return (learning.regularisation * rateError(spikes, options) * secondsPerStep) / steps
}

/** f_j − f_0, Hz. */
const rateError = (spikes: number, { steps, secondsPerStep, learning }: EpropOptions) =>
  spikes / (steps * secondsPerStep) - learning.targetRate

function stepsOf({ steps, offsets, neurons }: Raster, neuron: number): Uint16Array {
  const found: number[] = []
  for (let t = 0; t < steps; t++) {
    for (let k = offsets[t]!; k < offsets[t + 1]!; k++) if (neurons[k] === neuron) found.push(t)
  }
  return Uint16Array.from(found)
}
