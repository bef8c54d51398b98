import type { Spec } from '../../src-engine/spec/spec.ts'
import type { EpochMetrics, LiveFrame } from '../contract/run.ts'
import type { Checkpoint, PackedArray, PackedPart } from '../library/library.ts'

/** What an engine worker is given when it is made. */
export interface EngineTask {
  runId: string
  spec: Spec
  /** The engine's kernels, compiled. */
  kernels: WebAssembly.Module
  /** Where the run goes on; null at its start. */
  checkpoint: Checkpoint | null
}

/** What has to be kept; the worker waits for its answer before it sends too many. */
export type Keepsake =
  | { kind: 'epoch'; metrics: EpochMetrics }
  | { kind: 'snapshot'; epoch: number; arrays: PackedArray[]; supersedes: number | null }
  | { kind: 'checkpoint'; sequences: number; parts: PackedPart[] }

/** How a run ended, as its worker knows it. One that was told to halt has sent its checkpoint before. */
export type EngineEnd =
  | { kind: 'done'; digest: string; secondsPerSequence: number | null }
  | { kind: 'halted'; secondsPerSequence: number | null }
  | { kind: 'failed'; code: string; message: string }

export type EngineReport =
  | Keepsake
  | EngineEnd
  | { kind: 'progress'; sequencesDone: number }
  | { kind: 'frame'; frame: LiveFrame }

/** From the worker; ids count from 1. */
export type FromEngine = EngineReport & { id: number }

/** To the worker. `kept` answers the keepsake of that id. */
export type ToEngine = { id: number; kind: 'kept' } | { id: number; kind: 'halt' }
