import type { Spec } from '../../src-engine/spec/spec.ts'
import type { EpochMetrics, LiveFrame, WatchedSynapse } from '../contract/run.ts'
import type { Checkpoint, PackedArray, PackedPart } from '../library/library.ts'

/** What an engine worker is given when it is made. */
export interface EngineTask {
  kind: 'run'
  runId: string
  spec: Spec
  /** The engine's kernels, compiled. */
  kernels: WebAssembly.Module
  /** Where the run goes on; null at its start. */
  checkpoint: Checkpoint | null
  /** Sequences after which it rests with a checkpoint; null where it goes on to its end. */
  holdAt: number | null
}

/** A few sequences, to see how long they take; nothing of them is kept. */
export interface ProbeTask {
  kind: 'probe'
  spec: Spec
  kernels: WebAssembly.Module
}

/** How a probe went. */
export interface Probed {
  secondsPerSequence: number
  /** Until the first sequence. */
  secondsToStart: number
  /** Of the whole probe. */
  seconds: number
}

/** What has to be kept; the worker waits for its answer before it sends too many. */
export type RunRecord =
  | { kind: 'epoch'; metrics: EpochMetrics }
  | { kind: 'snapshot'; epoch: number; arrays: PackedArray[]; supersedes: number | null }
  | { kind: 'checkpoint'; sequences: number; parts: PackedPart[] }

/** How a run ended, as its worker knows it. One that was told to halt has sent its checkpoint before. */
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

/** From the worker; ids count from 1. */
export type FromEngine = EngineReport & { id: number }

/** To the worker. `kept` answers the record of that id; `observe` says which synapse its frames show. */
export type ToEngine =
  | { id: number; kind: 'kept' }
  | { id: number; kind: 'halt' }
  | { id: number; kind: 'observe'; synapse: WatchedSynapse }
