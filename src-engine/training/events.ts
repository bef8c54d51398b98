/** Pulses so far, summed over all devices of all crossbars. A refresh is counted per pair. */
export interface PulseCounts {
  set: number
  reset: number
  /** Refreshed pairs. The two RESETs and the SETs of each refresh are included in the other counts. */
  refresh: number
  read: number
}

/** One presented sequence and its update. */
export interface SequenceEvent {
  kind: 'sequence'
  /** From 1. */
  epoch: number
  /** From 1, counted over the whole run. */
  sequence: number
  /** From 0. */
  pattern: number
  /** Loss over the steps. */
  loss: number
  /** Mean firing rate over neurons, Hz. */
  meanRateHz: number
  /** Fraction of neuron-steps with ψ = 0, which no gradient passes, 0 to 1. */
  zeroSurrogate: number
  /** Values of the readout at each step. */
  outputs: number
  /** Readout and target, [steps][outputs]. */
  output: Float32Array
  target: Float32Array
  /** Spikes as (step, neuron) pairs in order of time, [spikes][2]. */
  spikes: Uint16Array
}

/** One pass over all patterns. */
export interface EpochEvent {
  kind: 'epoch'
  /** From 1. */
  epoch: number
  /** Mean over patterns of what the task minimises. */
  loss: number
  /** Loss of each pattern, [patterns]. */
  patternLosses: number[]
  /** Metrics of the task besides the loss, by id. */
  metrics: Record<string, number>
  /** Mean firing rate over patterns and neurons, Hz. */
  meanRateHz: number
  /** Fraction of recurrent neurons without a spike in the whole epoch, 0 to 1. */
  silent: number
  /** Fraction of neuron-steps with ψ = 0 over all patterns, 0 to 1. At 1, no weight of the input and recurrent layers has a gradient. */
  zeroSurrogate: number
  /** Fraction of recurrent neurons that spike at nine tenths or more of the steps at which they can, 0 to 1. */
  alwaysFiring: number
  /** Pulses of the whole run so far. */
  ledger: PulseCounts
  /** Fraction of devices above 90 % of the maximum conductance; 0 without devices. */
  saturated: number
}

/** A named array of a snapshot or a recording, such as conductances, weights, an output, a raster or an eligibility trace. */
export interface NamedArray {
  /**
   * 'weight', 'conductance', 'age', 'pulses.set', 'pulses.reset', 'pulses.refresh', 'pulses.read', 'output', 'target' or 'spikes';
   * those of a recording are in `experiment/recording.ts`
   */
  kind: string
  /** Name of the layer for synapses; 'pattern-0', 'pattern-1', … for records; 'neuron-5' or 'input-3-5' for recordings. */
  name: string
  shape: number[]
  data: Float32Array | Uint16Array | Uint32Array
}

/** Arrays to save at the end of an epoch, as set in spec.recording. The receiver owns the arrays. */
export interface SnapshotEvent {
  kind: 'snapshot'
  epoch: number
  arrays: NamedArray[]
  /** Epoch of an earlier snapshot that this one replaces. */
  supersedes: number | null
}

/** Traces and updates to save at the end of an epoch, as set in spec.recording.traces. The receiver owns the arrays. */
export interface RecordingEvent {
  kind: 'recording'
  epoch: number
  arrays: NamedArray[]
}

export type TrainingEvent = SequenceEvent | EpochEvent | SnapshotEvent | RecordingEvent
