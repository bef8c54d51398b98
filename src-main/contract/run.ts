import * as z from 'zod'
import { outcomes, reasons } from '../../src-engine/statistics/comparison.ts'
import { quantityIds } from '../../src-engine/analysis/quantities.ts'
import { layerNames, tracedLayers } from '../../src-engine/experiment/layers.ts'
import { hasHidden } from '../../src-engine/experiment/hidden-characters.ts'
import { specSchema } from '../../src-engine/experiment/spec.ts'

export const runIdSchema = z.string().regex(/^[0-9a-z]{8,32}$/)

export const runStatusSchema = z.enum(['queued', 'running', 'paused', 'done', 'stopped', 'failed', 'interrupted'])
export type RunStatus = z.output<typeof runStatusSchema>

/** Statuses of runs that can be resumed from their last checkpoint, or from the start if there is none. */
export const resumable = ['paused', 'stopped', 'failed', 'interrupted'] as const satisfies RunStatus[]
export const isResumable = (status: RunStatus) => (resumable as readonly RunStatus[]).includes(status)

/** Where a run is shown: in the library, in the archive, or in the trash until it is deleted. */
export const shelfSchema = z.enum(['library', 'archive', 'trash'])
export type Shelf = z.output<typeof shelfSchema>

/** Allows NaN and ±Infinity, because a diverged run is a result, not an error. */
const number = z.custom<number>((value) => typeof value === 'number')

export const ledgerSchema = z.strictObject({ set: z.int(), reset: z.int(), refresh: z.int(), read: z.int() })

/** Metrics of a task besides its loss, by id. */
const metricsSchema = z.record(z.string().max(40), number)

const tagSchema = z.string().trim().min(1, 'must be a text').max(100, 'must have at most 100 characters').refine((tag) => !hasHidden(tag), 'must be one line of plain text')

/** What the user has written about a run. It changes no result and not the spec. */
export const annotationSchema = z.strictObject({
  /** In place of the name of the spec; null keeps that. */
  name: z.string().trim().min(1).max(200).refine((name) => !hasHidden(name), 'must be one line of plain text').nullable(),
  /** In the order of the alphabet, no two of which differ only in case. */
  tags: z.array(tagSchema).max(100),
  /** Markdown. */
  note: z.string().max(100_000),
  starred: z.boolean(),
})
export type Annotation = z.output<typeof annotationSchema>

/** A change of what is written about runs. What is missing stays. */
export const annotationChangeSchema = annotationSchema.pick({ name: true, note: true, starred: true }).partial().extend({
  addTags: z.array(tagSchema).max(100).optional(),
  removeTags: z.array(tagSchema).max(100).optional(),
})
export type AnnotationChange = z.output<typeof annotationChangeSchema>

/** One run as a list shows it. */
export const runSummarySchema = z.strictObject({
  runId: runIdSchema,
  status: runStatusSchema,
  shelf: shelfSchema,
  /** The user's name for the run, or that of its spec. */
  name: z.string(),
  preset: z.string(),
  /** Kind of the task, which says what its loss is. Empty if the spec is damaged. */
  task: z.string(),
  /** Kind of the update scheme. A newer version may have others than this one. */
  scheme: z.string(),
  seed: z.int(),
  epochs: z.int(),
  epochsDone: z.int(),
  sequences: z.int(),
  /** Sequences done at the newest checkpoint, where a resume continues; null if there is no checkpoint. */
  checkpoint: z.int().nullable(),
  /** Loss of the task, mean over patterns in the last epoch; null before the first epoch ends. */
  loss: number.nullable(),
  /** Mean over the last 20 epochs. */
  lossLast20: number.nullable(),
  /** Metrics of the task besides the loss, in the last epoch, by id. */
  metrics: metricsSchema,
  meanRateHz: number.nullable(),
  /** Outcome of a finished run; null for any other run, and until a run of an earlier version is judged. */
  outcome: z.enum(outcomes).nullable().default(null),
  /** Possible reasons why the run did not learn. */
  reasons: z.array(z.enum(reasons)).default([]),
  ledger: ledgerSchema,
  /** Median wall time of one sequence and its update, measured in the engine worker. */
  secondsPerSequence: number.nullable(),
  digest: z.string().nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  /**
   * Time that engine workers spent on the run, s, without pauses, interruptions and waiting. 0 before the first start; null if a
   * version that did not measure it ran part of it.
   */
  secondsComputed: z.number().min(0).nullable().default(null),
  /** Why the run ended early; null otherwise. */
  error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  /** The run's sweep and its arm in it, counted from 0; null for a single run. */
  sweep: z.strictObject({ sweepId: runIdSchema, arm: z.int().min(0) }).nullable().default(null),
  /** Imported, and not yet computed again with the same digest; missing for any other run. */
  unverified: z.literal(true).optional(),
  /** What the user has written about the run; missing if there is nothing. */
  annotation: annotationSchema.optional(),
  /** Why the spec or the environment of the run cannot be read; missing if it can. */
  unreadable: z.string().optional(),
})
export type RunSummary = z.output<typeof runSummarySchema>

/** Computed time of a run, s, without its pauses; null if it has not ended or its time is not known. */
export const secondsOf = ({ startedAt, endedAt, secondsComputed }: RunSummary): number | null =>
  (startedAt && endedAt ? secondsComputed : null)

/** Name of a run everywhere: its own, else the title of its preset, else its id. */
export const runName = ({ name, preset, runId }: Pick<RunSummary, 'name' | 'preset' | 'runId'>, titles: ReadonlyMap<string, string>): string =>
  name || titles.get(preset) || preset || runId

/** A run's place in the list of runs, which is newest first. Of runs with the same time, the one with the later id comes first. */
export const runPlaceSchema = runSummarySchema.pick({ createdAt: true, runId: true })
export type RunPlace = z.output<typeof runPlaceSchema>

/** Runs of one page of the list for the window: a few milliseconds of work for either process. */
export const RUNS_PER_PAGE = 2000

export const epochMetricsSchema = z.strictObject({
  epoch: z.int(),
  loss: number,
  patternLosses: z.array(number),
  metrics: metricsSchema,
  meanRateHz: number,
  /** Fraction of recurrent neurons without a spike in the whole epoch, 0 to 1; null in runs of earlier versions. */
  silent: number.nullable().default(null),
  /** Fraction of neuron-steps with ψ = 0, 0 to 1; null in runs of earlier versions. */
  zeroSurrogate: number.nullable().default(null),
  /** Fraction of recurrent neurons that fire at nearly every step, 0 to 1; null in runs of earlier versions. */
  alwaysFiring: number.nullable().default(null),
  ledger: ledgerSchema,
  saturated: number,
})
export type EpochMetrics = z.output<typeof epochMetricsSchema>

/** Description of one stored array, without its data. */
export const arrayInfoSchema = z.strictObject({
  epoch: z.int(),
  kind: z.string(),
  name: z.string(),
  shape: z.array(z.int()),
  codec: z.enum(['f32', 'u16', 'u32']),
  /** Size of the elements before packing. */
  bytes: z.int(),
  /** Packed size in the file. */
  storedBytes: z.int(),
  /** SHA-256 of the elements' little-endian bytes. */
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

/** Everything about a run except the data of its arrays. */
export const runDetailSchema = z.strictObject({
  summary: runSummarySchema,
  spec: specSchema,
  environment: environmentSchema,
  epochs: z.array(epochMetricsSchema),
  arrays: z.array(arrayInfoSchema),
})
export type RunDetail = z.output<typeof runDetailSchema>
/** A run without its epochs, of which there may be very many. */
export type RunOverview = Omit<RunDetail, 'epochs'>

/** The spec and the environment of a run as the library keeps them: JSON, if they are not damaged. */
export const textsSchema = z.strictObject({ spec: z.string(), environment: z.string() })
export type Texts = z.output<typeof textsSchema>

/** A run whose spec or environment this version cannot read: all else that the library has, and those two as they are. */
export const unreadableRunSchema = runDetailSchema.omit({ spec: true, environment: true }).extend({
  summary: runSummarySchema.required({ unreadable: true }),
  texts: textsSchema,
})
export type UnreadableRun = z.output<typeof unreadableRunSchema>
export type UnreadableOverview = Omit<UnreadableRun, 'epochs'>

/** A run as the library keeps it, with everything or without its epochs. */
export type StoredRun = RunDetail | UnreadableRun
export type StoredOverview = RunOverview | UnreadableOverview

const array = <T>(kind: new (...args: never[]) => T) => z.instanceof(kind as never) as unknown as z.ZodType<T>

/** One synapse to show in detail: onto a recurrent neuron, from an input channel or a recurrent neuron. Indices count from 0. */
export const watchedSynapseSchema = z.strictObject({
  layer: z.enum(tracedLayers),
  neuron: z.int().min(0),
  presynaptic: z.int().min(0),
})
export type WatchedSynapse = z.output<typeof watchedSynapseSchema>

const timeSeriesSchema = z.strictObject({ steps: array(Uint16Array), values: array(Float32Array), bucket: z.int() })

/** Snapshots that one call reads: few, so that each call is short. */
export const SNAPSHOTS_PER_CALL = 25

/** A synapse of any layer. Neurons are counted from 0. */
export const synapseSchema = z.strictObject({ layer: z.enum(layerNames), post: z.int().min(0), pre: z.int().min(0) })

/** Fields are documented in src-engine/analysis/snapshots.ts. */
export const countedSchema = z.strictObject({
  layer: z.enum(layerNames), quantity: z.enum(quantityIds), pair: z.int().min(0), scale: z.number().positive(),
})
export const synapseStateSchema = z.strictObject({ epoch: z.int(), values: z.record(z.string(), z.array(number)) })
export const snapshotHistogramSchema = z.strictObject({
  epoch: z.int(),
  histogram: z.strictObject({ width: z.number(), first: z.int(), counts: z.array(z.int()) }).nullable(),
})

/** Fields and units are documented in src-engine/analysis: observation.ts, synapse-map.ts, spikes.ts. */
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
    threshold: timeSeriesSchema,
    spikes: array(Uint16Array),
    membrane: timeSeriesSchema,
    signal: timeSeriesSchema,
    eligibility: timeSeriesSchema,
    gradient: number.nullable(),
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

/** The latest sequence of a running run, at most a few times a second. A frame stays small for any size of network. */
export const liveFrameSchema = z.strictObject({
  runId: runIdSchema,
  epoch: z.int(),
  pattern: z.int(),
  output: array(Float32Array),
  target: array(Float32Array),
  /** (step, neuron) pairs. One pair may stand for several spikes if there are very many. */
  spikes: array(Uint16Array),
  stepsPerMark: z.int(),
  neuronsPerMark: z.int(),
  /** Spikes of each neuron. */
  spikeCounts: array(Uint32Array),
  histogram: observedSchemas.histogram.nullable(),
  /** One per layer. */
  maps: z.array(observedSchemas.map),
  traces: observedSchemas.traces.nullable(),
  /** One per layer, for the update after this sequence. */
  audits: z.array(observedSchemas.audit),
})
export type LiveFrame = z.output<typeof liveFrameSchema>

/** Progress of a running run. */
export const progressSchema = z.strictObject({
  runId: runIdSchema,
  sequencesDone: z.int(),
  sequences: z.int(),
  /** Rate over the last 5 s; 0 while it is unknown, as at the start, and while the run is waiting. */
  sequencesPerSecond: number,
  /** Time until the run ends or waits for the others of its round; null while it is unknown. */
  secondsLeft: number.nullable(),
  /** Why the run is waiting, such as a full disk; null if it is not waiting. */
  waiting: z.string().nullable(),
})
export type Progress = z.output<typeof progressSchema>
