import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { EpochMetrics, LiveFrame, WatchedSynapse } from '../contract/run.ts'
import type { Checkpoint, PackedArray, PackedPart } from '../library/library.ts'

/** A run for an engine worker: its start data, or a message to an idle worker. */
export interface EngineTask {
  kind: 'run'
  runId: string
  spec: Spec
  /** The engine's compiled kernels. */
  kernels: WebAssembly.Module
  /** Where the run resumes; null if it starts from the beginning. */
  checkpoint: Checkpoint | null
  /** Number of sequences after which the run pauses with a checkpoint; null if it runs to its end. */
  holdAt: number | null
}

/** Runs a few sequences to measure their time. Nothing is saved. */
export interface ProbeTask {
  kind: 'probe'
  spec: Spec
  kernels: WebAssembly.Module
}

/** Result of a probe. */
export interface Probed {
  secondsPerSequence: number
  /** Time until the first sequence. */
  secondsToStart: number
  /** Time of the whole probe. */
  seconds: number
}

/** A record to be saved; a snapshot may also be arrays of a recording. The worker waits for answers when too many records are pending. */
export type RunRecord =
  | { kind: 'epoch'; metrics: EpochMetrics }
  | { kind: 'snapshot'; epoch: number; arrays: PackedArray[]; supersedes: number | null }
  | { kind: 'checkpoint'; sequences: number; parts: PackedPart[] }

/** The end of a run, as reported by its worker. A halted run has sent its checkpoint before. */
export type EngineEnd =
  | { kind: 'done'; digest: string; secondsPerSequence: number | null }
  | { kind: 'halted'; secondsPerSequence: number | null }
  | { kind: 'held'; secondsPerSequence: number | null }
  | { kind: 'failed'; code: string; message: string }

export type EngineReport =
  | RunRecord
  | EngineEnd
  | { kind: 'progress'; sequencesDone: number }
  | { kind: 'frame'; frame: LiveFrame }

/**
 * A message from the worker. Ids count from 1. `idle` tells that the run has ended and that the worker waits for the next; it is
 * the last message of the run.
 */
export type FromEngine = EngineReport & { id: number; idle?: true }

/** A message to the worker. `run` gives an idle worker its next run; `kept` confirms that the record with this id was saved; `observe` selects the synapse that frames show. */
export type ToEngine =
  | { id: number; kind: 'run'; task: EngineTask }
  | { id: number; kind: 'kept' }
  | { id: number; kind: 'halt' }
  | { id: number; kind: 'observe'; synapse: WatchedSynapse }
