import * as z from 'zod'
import type { CheckReport, LibraryWork } from '../contract/library.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { ArrayInfo, Environment, RunSummary } from '../contract/run.ts'
import { environmentSchema, epochMetricsSchema, runDetailSchema, runIdSchema, runStatusSchema, runSummarySchema, textsSchema } from '../contract/run.ts'
import { type Priority, sweepRecordSchema } from '../contract/sweep.ts'
import { viewAddress, viewName } from '../contract/views.ts'
import { bytesPerElement, type Elements } from './codec.ts'
import type { LibraryErrorCode } from './error.ts'

const fileDataSchema = z.strictObject({
  file: z.string().min(1),
  nativeBinding: z.string().optional(),
})

/** Which of the library's two connections a worker has. */
const roleSchema = z.enum(['writer', 'reader'])
export type Role = z.output<typeof roleSchema>

/** Start data of a library worker. */
export const workerDataSchema = fileDataSchema.extend({ role: roleSchema })
export type WorkerData = z.output<typeof workerDataSchema>

/** Start data of a file worker, which does not use the library's own connection. */
export const fileWorkSchema = z.discriminatedUnion('task', [
  fileDataSchema.extend({ task: z.literal('check') }),
  /** Copies what can be read to a new file. */
  fileDataSchema.extend({ task: z.literal('salvage'), into: z.string() }),
  /** Copies closed libraries to drafts. A copy stays only if its structure is whole. */
  z.strictObject({ task: z.literal('copy'), files: z.array(z.strictObject({ from: z.string(), to: z.string() })), nativeBinding: z.string().optional() }),
])
export type FileWork = z.output<typeof fileWorkSchema>

/** ISO 8601, UTC. */
export const instantSchema = z.iso.datetime()

export const newRunSchema = z.strictObject({
  runId: runIdSchema,
  spec: runDetailSchema.shape.spec,
  environment: environmentSchema,
  createdAt: instantSchema,
  sequences: z.int().min(0),
  sweep: runSummarySchema.shape.sweep,
})
export type NewRun = z.output<typeof newRunSchema>

export const runEndSchema = z.strictObject({
  status: runStatusSchema,
  endedAt: instantSchema,
  digest: z.string().nullable(),
  /** Stored as null if it is NaN, because there was nothing to take a median of. */
  secondsPerSequence: z.custom<number>((value) => typeof value === 'number').nullable(),
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** Computed time of the run so far, s; null keeps what is saved. */
  secondsComputed: z.number().min(0).nullable().optional(),
})
export type RunEnd = z.output<typeof runEndSchema>

export const epochNumberSchema = z.int().min(0)

export type ArrayData = Exclude<Elements, Float64Array>

const elementsOf = (shape: number[]) => shape.reduce((product, length) => product * length, 1)

const packed = {
  packing: z.enum(['raw', 'shuffle-deflate']),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  data: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
}

/** A named array as it is stored. Only the length of a raw array is checked here; a packed one is checked when it is unpacked. */
export const packedArraySchema = z.strictObject({
  kind: z.string().min(1).max(40),
  name: z.string().min(1).max(80),
  shape: z.array(z.int().min(0)).min(1).max(8),
  codec: z.enum(['f32', 'u16', 'u32']),
  ...packed,
}).refine(({ shape, codec, packing, data }) => packing !== 'raw' || elementsOf(shape) * bytesPerElement(codec) === data.length,
  'must have as many elements as its shape says')
export type PackedArray = z.output<typeof packedArraySchema>

/** One array of a trainer's state as it is stored. */
export const packedPartSchema = z.strictObject({
  name: z.string().min(1).max(120),
  length: z.int().min(0),
  codec: z.enum(['f32', 'f64', 'u16', 'u32']),
  ...packed,
})
export type PackedPart = z.output<typeof packedPartSchema>

/** Samples of a signal, float64, little-endian. */
export const packedSamplesSchema = z.strictObject({ count: z.int().min(2), ...packed })
export type PackedSamples = z.output<typeof packedSamplesSchema>

/** A run of another library, without its checkpoints. Its spec and environment stay as they were written, also if they cannot be read. */
export const importedRunSchema = z.strictObject({
  summary: runSummarySchema,
  texts: textsSchema,
  /** What the spec refers to. */
  samples: packedSamplesSchema.nullable(),
  epochs: z.array(epochMetricsSchema),
  arrays: z.array(packedArraySchema.safeExtend({ epoch: epochNumberSchema })),
})
export type ImportedRun = z.output<typeof importedRunSchema>

/** One of the user's own presets, before it has an id. */
export const newPresetSchema = z.strictObject({
  title: z.string().min(1).max(200),
  description: z.string().max(4000),
  provenance: z.string().max(4000),
  spec: runDetailSchema.shape.spec,
  createdAt: instantSchema,
})
export type NewPreset = z.output<typeof newPresetSchema>

/** One of the user's own presets as it is stored. Its spec may have an older version. */
export interface StoredPreset {
  id: string
  title: string
  description: string
  provenance: string
  spec: unknown
}

export const newFigureSchema = z.strictObject({
  name: z.string().min(1).max(200),
  changedAt: instantSchema,
  document: z.record(z.string(), z.unknown()),
})

/** A view is kept as its address. */
export const newViewSchema = z.strictObject({
  name: viewName,
  changedAt: instantSchema,
  document: viewAddress,
})

/** A figure or a view as it is stored. Its document may be of a newer version, or damaged. */
export interface Kept {
  name: string
  changedAt: string
  document: unknown
}

/** A finding of a check, with the keys that a repair needs. */
export const faultSchema = z.strictObject({
  kind: z.enum(['structure', 'run', 'epochs', 'summary', 'array', 'checkpoint']),
  runId: z.string().nullable(),
  message: z.string(),
  array: z.strictObject({ epoch: z.int(), kind: z.string(), name: z.string() }).nullable(),
  /** Sequences done at the checkpoint. */
  checkpoint: z.int().nullable(),
})
export type Fault = z.output<typeof faultSchema>

/** A sweep as it is stored. Its arms follow from its document. */
export const storedSweepSchema = sweepRecordSchema.omit({ arms: true })
export type StoredSweep = z.output<typeof storedSweepSchema>

/** A run of a sweep as a decision about its round saw it. */
const seenRunSchema = runSummarySchema.pick({ runId: true, status: true, epochsDone: true })
export type SeenRun = z.output<typeof seenRunSchema>

/** A paused run that is to be stopped, with the reason. */
const stoppedRunSchema = runSummarySchema.pick({ runId: true, error: true })
export type StoppedRun = z.output<typeof stoppedRunSchema>

/** The end of a round of a sweep: paused runs that are stopped, and runs that are queued again. */
export const roundEndSchema = z.strictObject({
  seen: z.array(seenRunSchema),
  stop: z.array(stoppedRunSchema),
  advance: z.array(runIdSchema),
  at: instantSchema,
})
export type RoundEnd = z.output<typeof roundEndSchema>

/** What is needed to resume a stored run. */
export interface Outline {
  summary: RunSummary
  spec: Spec
  /** Digest of the engine that started the run. */
  engineDigest: string
}

/** Metrics of a run's epochs as columns, from the first epoch on. Pulses are totals since the start. NaN means that there is no value. */
export interface EpochColumns {
  loss: Float64Array
  meanRateHz: Float64Array
  silent: Float64Array
  zeroSurrogate: Float64Array
  alwaysFiring: Float64Array
  saturated: Float64Array
  set: Float64Array
  reset: Float64Array
  read: Float64Array
}

/** A queued run. Its place is its index in the list. */
export interface Queued {
  runId: string
  priority: Priority
}

/** Part of the runs without an outcome that was looked at. */
export interface Judged {
  looked: number
  /** The last of them; null if there are no more. */
  last: string | null
}

/** How long a stored run took. */
export interface Timing {
  spec: Spec
  environment: Environment
  sequences: number
  /** Median, measured in the engine. */
  secondsPerSequence: number
  startedAt: string
  endedAt: string
  /** Without pauses, s; null if it is not known. */
  secondsComputed: number | null
}

/** Part of the search for runs that cannot be read. */
export interface Search {
  /** Runs of this part that cannot be read. */
  found: number
  done: boolean
}

export interface Imported {
  imported: number
  /** Runs that were already in the library: with the same id, or with the same spec and digest. */
  present: number
}

export interface Checkpoint {
  /** Sequences done at the checkpoint. */
  sequences: number
  state: Record<string, Elements>
}

export interface ReadArray {
  info: ArrayInfo
  data: ArrayData
}

/** Id of the first answer, which reports whether the file was opened. */
export const OPENING = 0

/** Result of opening the file. */
export interface Opened {
  /** Why the library is read-only; null if it can be written. */
  readOnly: string | null
  /** Whether a second connection can read while this one writes, because the library has a write-ahead log. */
  readsBeside: boolean
}

export type Answer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; code: LibraryErrorCode; message: string }

/** A message from the library worker: an answer, or the progress of a long task. */
export type FromLibrary = Answer | { work: LibraryWork }

/** How much a check has read. */
export type CheckCounts = Omit<CheckReport, 'findings'>

/** Number of runs that were salvaged, and the ids of runs that are not complete. */
export interface Salvaged {
  runs: number
  incomplete: string[]
}

/** A message from a file worker. The last one is `checked`, `salvaged`, `copied` or `failed`. */
export type FromFileWorker =
  | { kind: 'fault'; fault: Fault }
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'checked'; counts: CheckCounts }
  | { kind: 'salvaged'; salvaged: Salvaged }
  | { kind: 'copied' }
  | { kind: 'failed'; code: LibraryErrorCode; message: string }
