/** Pulses so far, summed over all devices of all crossbars. */
export interface PulseCounts {
  set: number
  reset: number
  /** Pairs refreshed: each cost two RESETs and some SETs, which are in the other counts. */
  refresh: number
  read: number
}

/** One presented sequence and its update. */
export interface SequenceEvent {
  kind: 'sequence'
  /** From 1. */
  epoch: number
  /** From 1, over the whole run. */
  sequence: number
  pattern: number
  /** Mean squared error over the steps. */
  mse: number
  /** Mean over neurons, Hz. */
  meanRateHz: number
  /** Readout and target, [steps][outputs]. */
  output: Float32Array
  target: Float32Array
  /** Spikes as (step, neuron) pairs in the order of time, [spikes][2]. */
  spikes: Uint16Array
}

/** One pass over all patterns. */
export interface EpochEvent {
  kind: 'epoch'
  epoch: number
  /** Mean over patterns. */
  mse: number
  /** By pattern, [patterns]. */
  patternMse: number[]
  meanRateHz: number
  /** Pulses of the whole run so far. */
  ledger: PulseCounts
  /** Share of devices above 90 % of the largest conductance; 0 without devices. */
  saturated: number
}

/** A named array as it is kept: a conductance snapshot, a weight matrix, an output, a raster. */
export interface NamedArray {
  /** 'weight', 'conductance', 'pulses.set' and .reset, .refresh, .read, 'output', 'target', 'spikes' */
  kind: string
  /** Which: 'input', 'recurrent', 'output' for synapses; 'pattern-0'… for records. */
  name: string
  shape: number[]
  data: Float32Array | Uint16Array | Uint32Array
}

/** What is kept of an epoch beside its metrics (spec.recording); the arrays are the receiver's own. */
export interface SnapshotEvent {
  kind: 'snapshot'
  epoch: number
  arrays: NamedArray[]
  /** The epoch of a snapshot that this one makes superfluous. */
  supersedes: number | null
}

export type TrainingEvent = SequenceEvent | EpochEvent | SnapshotEvent
