import { hasSelfConnections, type TracedLayer } from '../experiment/layers.ts'
import { bucketSize, extremesOfBuckets } from './decimation.ts'

/** The synapse to observe: onto neuron `neuron`, from input channel or recurrent neuron `presynaptic`. Both count from 0. */
export interface WatchedSynapse {
  layer: TracedLayer
  neuron: number
  presynaptic: number
}

/** A quantity over the steps of a sequence: every step, or the smallest and largest value of each bucket of steps. */
export interface TimeSeries {
  /** Ascending, [points] */
  steps: Uint16Array
  values: Float32Array
  /** Steps per bucket; 1 if every step has its own point. */
  bucket: number
}

/** Maximum number of points in a time series. A sequence has up to 20 000 steps. */
export const MOST_POINTS = 4000

/** A quantity for display, thinned to at most `MOST_POINTS` points. @param values [steps] */
export function timeSeriesOf(values: ArrayLike<number>): TimeSeries {
  const bucket = bucketSize(values.length, MOST_POINTS)
  const steps = bucket === 1 ? Uint16Array.from(values, (_, step) => step) : Uint16Array.from(extremesOfBuckets(values, bucket))
  return { steps, values: Float32Array.from(steps, (step) => values[step]!), bucket }
}

/** e-prop quantities of one neuron during one sequence. */
export interface NeuronTraces {
  neuron: number
  /** v_th, in the unit of the membrane potential (weight). */
  threshold: TimeSeries
  /** Steps at which the neuron spiked. */
  spikes: Uint16Array
  /** v_j, before a spike subtracts the threshold. */
  membrane: TimeSeries
  /** L_j = Σ_o B_oj·(y_o − y*_o) + c_reg·(f_j − f_0) */
  signal: TimeSeries
}

/** e-prop quantities of one synapse during one sequence, with those of its neuron. */
export interface SynapseTraces extends WatchedSynapse, NeuronTraces {
  /** False for a self-connection that does not exist; its gradient is 0. */
  connected: boolean
  /** ē_ji: ψ_j·x̄_i, filtered by κ */
  eligibility: TimeSeries
  /** Σ_t L_j[t]·ē_ji[t] over all steps, before it is clipped; null if it was not recorded. */
  gradient: number | null
}

/** Whether a synapse leads from a neuron to itself. */
export const isSelfConnection = ({ layer, neuron, presynaptic }: WatchedSynapse): boolean =>
  hasSelfConnections(layer) && neuron === presynaptic

/**
 * One layer's update from gradient to pulse, measured as the difference between the states before and after it.
 * Changes are in units of weight; a weight of 1 is `scale` µS. Sums are over the sampled synapses.
 */
export interface UpdateAudit {
  layer: string
  /** Sampling stride: every `every`th synapse is sampled; 1 for layers of up to 65 536 synapses. */
  every: number
  /** Number of sampled synapses that exist. */
  synapses: number
  /** µS of G⁺ − G⁻ per unit of weight; null for digital weights. */
  scale: number | null
  /** Σ|ΔW| of the wanted change −η·gradient. */
  wanted: number
  /**
   * Σ|ΔW| that the update had to apply. With an accumulator: the whole steps δ that left it. Without quantisation: the wanted
   * change. For schemes that fire at once: the intended effect of their SETs, one smallest jump ε each.
   */
  due: number
  /** Σ|ΔW| measured on the weight or on the programmed G⁺ − G⁻. Refreshed synapses are excluded here and above. */
  realised: number
  /** Pulses, including those of refreshes. */
  sets: number
  resets: number
  /** Synapses with a refreshed pair, that is RESET and written back. */
  refreshed: number
  /** Synapses with a due or a measured change, without refreshed ones: all, or every `changesEvery`th. */
  changes: SynapseChanges
  changesEvery: number
}

/** Changes of single synapses as parallel arrays, [changes]. */
export interface SynapseChanges {
  /** Synapse index j·pre + i, from 0. */
  synapse: Uint32Array
  /** ΔW, in units of weight. */
  wanted: Float32Array
  due: Float32Array
  realised: Float32Array
  /** SETs on G⁺ minus those on G⁻. */
  pulses: Int32Array
}
