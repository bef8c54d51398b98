/** One synapse that is looked at closely: of neuron `neuron`, from input channel or recurrent neuron `presynaptic`. */
export interface WatchedSynapse {
  layer: 'input' | 'recurrent'
  neuron: number
  presynaptic: number
}

/** A quantity over the steps of a sequence: all of them, or smallest and largest of every so many. */
export interface TimeSeries {
  /** Ascending, [points] */
  steps: Uint16Array
  values: Float32Array
  /** Steps that share two points; 1 where every step has its own. */
  bucket: number
}

/** What e-prop sees of a synapse during one sequence. */
export interface SynapseTraces extends WatchedSynapse {
  /** False where neuron i → i does not exist; its gradient is 0. */
  connected: boolean
  /** v_th, in the unit of the membrane potential: weights. */
  threshold: number
  /** Steps at which the neuron spiked. */
  spikes: Uint16Array
  /** v_j, before it is lowered by a spike. */
  membrane: TimeSeries
  /** L_j = Σ_o B_oj·(y_o − y*_o) + c_reg·(f_j − f_0) */
  signal: TimeSeries
  /** ē_ji, the κ-filtered ψ_j·x̄_i */
  eligibility: TimeSeries
  /** Σ_t L_j[t]·ē_ji[t] over all steps, before it is clipped. */
  gradient: number
}

/**
 * The way of one update from gradient to pulse in one layer, seen from outside as the difference between before and
 * after. Changes are in weights; a weight is `scale` µS. Sums are over the synapses that were looked at.
 */
export interface UpdateAudit {
  layer: string
  /** Every so many synapses were looked at: 1 up to 65 536 of them. */
  every: number
  /** Synapses looked at that exist. */
  synapses: number
  /** µS of G⁺ − G⁻ per unit of weight; null for digital weights. */
  scale: number | null
  /** Σ|ΔW| of −η·gradient. */
  wanted: number
  /**
   * Σ|ΔW| that was due: whole steps δ that left the accumulator; all that is wanted without quantisation; for schemes
   * that fire at once, what their SETs were meant to give, one smallest jump ε each.
   */
  due: number
  /** Σ|ΔW| found: of the weight, or of the programmed G⁺ − G⁻. Refreshed synapses are left out here and above. */
  realised: number
  /** Pulses, those of the refresh among them. */
  sets: number
  resets: number
  /** Synapses with a pair that was refreshed: RESET and written anew. */
  refreshed: number
  /** Synapses that were to change or did, without refreshed ones: all, or every `changesEvery`th. */
  changes: SynapseChanges
  changesEvery: number
}

/** Parallel arrays, [changes]. */
export interface SynapseChanges {
  /** Number j·pre + i of the synapse. */
  synapse: Uint32Array
  /** ΔW, weights */
  wanted: Float32Array
  due: Float32Array
  realised: Float32Array
  /** SETs on G⁺ minus those on G⁻. */
  pulses: Int32Array
}
