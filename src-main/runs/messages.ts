import type { Spec } from '../../src-engine/spec/spec.ts'
import type { NamedArray } from '../../src-engine/training/events.ts'
import type { EpochMetrics, LiveFrame } from '../contract/run.ts'

/** What an engine worker is given when it is made. */
export interface EngineTask {
  runId: string
  spec: Spec
  /** The engine's kernels, compiled. */
  kernels: WebAssembly.Module
}

/** What has to be kept; the worker waits for its answer before it sends too many. */
export type Keepsake =
  | { kind: 'epoch'; metrics: EpochMetrics }
  | { kind: 'snapshot'; epoch: number; arrays: NamedArray[] }

/** How a run ended, as its worker knows it. */
export type EngineEnd =
  | { kind: 'done'; digest: string; secondsPerSequence: number | null }
  | { kind: 'stopped'; secondsPerSequence: number | null }
  | { kind: 'failed'; code: string; message: string }

export type EngineReport =
  | Keepsake
  | EngineEnd
  | { kind: 'progress'; sequencesDone: number }
  | { kind: 'frame'; frame: LiveFrame }

/** From the worker; ids count from 1. */
export type FromEngine = EngineReport & { id: number }

/** To the worker. `kept` answers the epoch or snapshot of that id. */
export type ToEngine = { id: number; kind: 'kept' } | { id: number; kind: 'stop' }
