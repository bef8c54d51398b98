import * as z from 'zod'
import { schemeKinds } from '../../src-engine/spec/scheme.ts'
import { specSchema } from '../../src-engine/spec/spec.ts'

export const runIdSchema = z.string().regex(/^[0-9a-z]{8,32}$/)

export const runStatusSchema = z.enum(['queued', 'running', 'paused', 'done', 'stopped', 'failed', 'interrupted'])
export type RunStatus = z.output<typeof runStatusSchema>

/** Runs that can go on from their last checkpoint, or from the start where there is none. */
export const resumable = ['paused', 'stopped', 'failed', 'interrupted'] as const satisfies RunStatus[]
export const isResumable = (status: RunStatus) => (resumable as readonly RunStatus[]).includes(status)

/** Where a run is kept: among the others, put away, or waiting to be deleted. */
export const shelfSchema = z.enum(['library', 'archive', 'trash'])
export type Shelf = z.output<typeof shelfSchema>

/** NaN and ±Infinity cross every border as they are: a diverged run is a result, not an error. */
const number = z.custom<number>((value) => typeof value === 'number')

export const ledgerSchema = z.strictObject({ set: z.int(), reset: z.int(), refresh: z.int(), read: z.int() })

/** What a list shows of a run. */
export const runSummarySchema = z.strictObject({
  runId: runIdSchema,
  status: runStatusSchema,
  shelf: shelfSchema,
  name: z.string(),
  preset: z.string(),
  scheme: z.enum(schemeKinds),
  seed: z.int(),
  epochs: z.int(),
  epochsDone: z.int(),
  sequences: z.int(),
  /** Sequences of the newest checkpoint, from which a resume goes on; null where there is none. */
  checkpoint: z.int().nullable(),
  /** Last epoch, mean over patterns; null before the first epoch ends. */
  mse: number.nullable(),
  /** Mean of the last 20 epochs. */
  mseLast20: number.nullable(),
  meanRateHz: number.nullable(),
  ledger: ledgerSchema,
  /** Median wall time of one sequence with its update, in the engine's worker. */
  secondsPerSequence: number.nullable(),
  digest: z.string().nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /** Why it failed, or why it is paused. */
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** The sweep it was made by, and which of its arms it is; null of a single run. */
  sweep: z.strictObject({ sweepId: runIdSchema, arm: z.int().min(0) }).nullable().default(null),
})
export type RunSummary = z.output<typeof runSummarySchema>

export const epochMetricsSchema = z.strictObject({
  epoch: z.int(),
  mse: number,
  patternMse: z.array(number),
  meanRateHz: number,
  ledger: ledgerSchema,
  saturated: number,
})
export type EpochMetrics = z.output<typeof epochMetricsSchema>

/** One kept array without its data. */
export const arrayInfoSchema = z.strictObject({
  epoch: z.int(),
  kind: z.string(),
  name: z.string(),
  shape: z.array(z.int()),
  codec: z.enum(['f32', 'u16', 'u32']),
  /** Of the elements. */
  bytes: z.int(),
  /** As kept in the file, packed. */
  storedBytes: z.int(),
  /** Of the elements' little-endian bytes. */
  sha256: z.string(),
})
export type ArrayInfo = z.output<typeof arrayInfoSchema>

export const environmentSchema = z.strictObject({
  application: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  v8: z.string(),
  sqlite: z.string(),
  os: z.string(),
  cpu: z.string(),
  cores: z.int(),
  engineDigest: z.string(),
})
export type Environment = z.output<typeof environmentSchema>

/** Everything of a run but the arrays' data. */
export const runDetailSchema = z.strictObject({
  summary: runSummarySchema,
  spec: specSchema,
  environment: environmentSchema,
  epochs: z.array(epochMetricsSchema),
  arrays: z.array(arrayInfoSchema),
})
export type RunDetail = z.output<typeof runDetailSchema>

const array = <T>(kind: new (...args: never[]) => T) => z.instanceof(kind as never) as unknown as z.ZodType<T>

/** One synapse, looked at closely: onto a recurrent neuron from an input channel or a recurrent neuron. */
export const watchedSynapseSchema = z.strictObject({
  layer: z.enum(['input', 'recurrent']),
  neuron: z.int().min(0),
  presynaptic: z.int().min(0),
})
export type WatchedSynapse = z.output<typeof watchedSynapseSchema>

const timeSeriesSchema = z.strictObject({ steps: array(Uint16Array), values: array(Float32Array), bucket: z.int() })

/** What each field means, with its unit, stands in src-engine/analysis: observation.ts, weight-map.ts, spikes.ts. */
const observedSchemas = {
  histogram: z.strictObject({
    quantity: z.enum(['conductance', 'weight']),
    edges: z.array(number),
    counts: z.array(z.int()),
    minus: z.array(z.int()).nullable(),
    missing: z.int(),
  }),
  map: z.strictObject({
    layer: z.string(),
    post: z.int(),
    pre: z.int(),
    postPerBlock: z.int(),
    prePerBlock: z.int(),
    values: array(Float32Array),
    missing: z.int(),
  }),
  traces: watchedSynapseSchema.extend({
    connected: z.boolean(),
    threshold: number,
    spikes: array(Uint16Array),
    membrane: timeSeriesSchema,
    signal: timeSeriesSchema,
    eligibility: timeSeriesSchema,
    gradient: number,
  }),
  audit: z.strictObject({
    layer: z.string(),
    every: z.int(),
    synapses: z.int(),
    scale: number.nullable(),
    wanted: number,
    due: number,
    realised: number,
    sets: z.int(),
    resets: z.int(),
    refreshed: z.int(),
    changes: z.strictObject({
      synapse: array(Uint32Array),
      wanted: array(Float32Array),
      due: array(Float32Array),
      realised: array(Float32Array),
      pulses: array(Int32Array),
    }),
    changesEvery: z.int(),
  }),
}

/** The newest sequence of a running run, thinned out to a few a second. However large the network, a frame is small. */
export const liveFrameSchema = z.strictObject({
  runId: runIdSchema,
  epoch: z.int(),
  pattern: z.int(),
  output: array(Float32Array),
  target: array(Float32Array),
  /** (step, neuron) pairs; one for several spikes where there are very many. */
  spikes: array(Uint16Array),
  stepsPerMark: z.int(),
  neuronsPerMark: z.int(),
  /** Of each neuron. */
  spikeCounts: array(Uint32Array),
  histogram: observedSchemas.histogram.nullable(),
  /** By layer. */
  maps: z.array(observedSchemas.map),
  traces: observedSchemas.traces.nullable(),
  /** By layer; of the update after this sequence. */
  audits: z.array(observedSchemas.audit),
})
export type LiveFrame = z.output<typeof liveFrameSchema>

/** Progress of a running run. */
export const progressSchema = z.strictObject({
  runId: runIdSchema,
  sequencesDone: z.int(),
  sequences: z.int(),
  /** Over the last seconds. */
  sequencesPerSecond: number,
  secondsLeft: number.nullable(),
  /** Why it holds still, such as a full disk; null where it goes on. */
  waiting: z.string().nullable(),
})
export type Progress = z.output<typeof progressSchema>
