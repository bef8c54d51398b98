import { bucketSize, extremesOfBuckets } from '../analysis/decimation.ts'
import type { SynapseTraces, TimeSeries, WatchedSynapse } from '../analysis/observation.ts'
import { columnOf } from '../analysis/outputs.ts'
import { hasSelfConnections, projectionOf } from '../experiment/layers.ts'
import { type Raster, rasterOf } from '../kernels/raster.ts'
import { referenceKernels } from '../kernels/reference.ts'
import { learningSignals } from '../kernels/traces.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { SequenceRecord } from '../network/forward.ts'
import type { NeuronRecord } from '../network/neurons/neuron.ts'

/** Maximum number of points in a time series. A sequence has up to 20 000 steps. */
export const MOST_POINTS = 4000

/** The quantities of `SynapseTraces` at every step, [steps], in float64. */
export interface FullTraces {
  membrane: Float64Array
  signal: Float64Array
  eligibility: Float64Array
  gradient: number
}

/**
 * Membrane potential, learning signal and eligibility trace of one synapse, by the definition of e-prop. They are computed from the
 * record of a presented sequence, because the engine's gradient form 'filtered' never computes eligibility traces.
 * @param target [steps][outputs]
 */
export function fullTraces(
  { layer, neuron, presynaptic }: WatchedSynapse, record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): FullTraces {
  const { equations } = options
  const membrane = columnOf(record.membrane, neuron, options.neurons)
  const psi = new Float64Array(options.steps)
  equations.neuron.surrogates(recordOf(neuron, record, membrane), psi)
  const [raster, delay] = projectionOf(layer).from === 'input' ? [record.input, equations.inputTraceDelay] as const : [record.spikes, 1] as const
  const trace = presynapticTrace(raster, presynaptic, delay, options)
  const eligibility = new Float64Array(options.steps)
  for (let t = 0, filtered = 0; t < options.steps; t++) {
    filtered = equations.kappa * filtered + equations.filterGain * psi[t]! * trace[t]!
    eligibility[t] = filtered
  }
  const signal = learningSignal(neuron, record, target, options)
  const pull = ratePull(record.spikeCounts[neuron]!, options)
  let gradient = 0
  for (let t = 0; t < options.steps; t++) gradient += signal[t]! * eligibility[t]! + pull * psi[t]! * trace[t]!
  return { membrane, signal, eligibility, gradient }
}

/** Traces of one synapse for display, thinned to at most `MOST_POINTS` points each. */
export function synapseTraces(
  synapse: WatchedSynapse, record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions,
): SynapseTraces {
  const { membrane, signal, eligibility, gradient } = fullTraces(synapse, record, target, options)
  const connected = options.selfConnected || !hasSelfConnections(synapse.layer) || synapse.neuron !== synapse.presynaptic
  return {
    ...synapse,
    connected,
    threshold: options.equations.neuron.threshold,
    spikes: stepsOf(record.spikes, synapse.neuron),
    membrane: thinned(membrane),
    signal: thinned(signal),
    eligibility: thinned(eligibility),
    gradient: connected ? gradient : 0,
  }
}

/** The record of one neuron alone, in float64. */
function recordOf(neuron: number, { size, spikes, state }: SequenceRecord, membrane: Float64Array): NeuronRecord {
  const { steps, neurons } = size
  const fired = new Set(stepsOf(spikes, neuron))
  return {
    size: { steps, neurons: 1 },
    kernels: referenceKernels,
    membrane,
    state: Object.fromEntries(Object.entries(state).map(([name, values]) => [name, columnOf(values, neuron, neurons)])),
    spikes: rasterOf(steps, 1, (t) => fired.has(t)),
  }
}

/** x̄[t] = α·x̄[t−1] + gain·x[t−delay] */
function presynapticTrace(raster: Raster, neuron: number, delay: 0 | 1, { steps, equations }: EpropOptions): Float64Array {
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

function thinned(values: Float64Array): TimeSeries {
  const bucket = bucketSize(values.length, MOST_POINTS)
  if (bucket === 1) return { steps: Uint16Array.from(values, (_, step) => step), values: Float32Array.from(values), bucket }
  const steps = Uint16Array.from(extremesOfBuckets(values, bucket))
  return { steps, values: Float32Array.from(steps, (step) => values[step]!), bucket }
}
