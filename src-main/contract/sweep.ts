import * as z from 'zod'
import { type Comparison, outcomes, reasons } from '../../src-engine/statistics/comparison.ts'
import { budgetSchema, durationSchema, energySchema, sweepSchema } from '../../src-engine/experiment/sweep.ts'
import { runIdSchema } from './run.ts'

export const sweepIdSchema = runIdSchema

/** One variant of a sweep's experiment. */
export const armSchema = z.strictObject({
  /** Short description of what differs: 'sign', 'ε = 0.5 µS, δ = 0.1'. */
  label: z.string(),
  changes: z.array(z.strictObject({ path: z.string(), value: z.unknown() })),
})
export type Arm = z.output<typeof armSchema>

/** Estimated wall time on this machine. */
export const timeEstimateSchema = z.strictObject({
  /** With the current number of workers and an empty queue. */
  seconds: z.number(),
  /** In two of three cases the actual time is between `low` and `high`. */
  low: z.number(),
  high: z.number(),
  /** 'runs': from similar runs stored on this machine; 'probe': from a few sequences that were run for the estimate. */
  basis: z.enum(['runs', 'probe']),
  /** Number of runs or probes that the estimate is based on. */
  count: z.int(),
})
export type TimeEstimate = z.output<typeof timeEstimateSchema>

/** The arms and the cost of a sweep, before it is started. */
export const sweepPlanSchema = z.strictObject({
  arms: z.array(armSchema),
  /** How signals were read, and what the user should know of the experiments, each once. */
  notes: z.array(z.string()),
  runs: z.int(),
  sequences: z.int(),
  /** Disk space that the runs will need in the library, bytes. */
  disk: z.number(),
  /** Memory of the largest run, bytes. */
  memory: z.number(),
  time: timeEstimateSchema.nullable(),
})
export type SweepPlan = z.output<typeof sweepPlanSchema>

/** A stored sweep. Its runs are those whose summary has its id. */
export const sweepRecordSchema = z.strictObject({
  sweepId: sweepIdSchema,
  name: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  document: sweepSchema,
  arms: z.array(armSchema),
})
export type SweepRecord = z.output<typeof sweepRecordSchema>

/** High runs before normal, normal before low. Runs of equal priority keep the order of the queue. */
export const prioritySchema = z.enum(['high', 'normal', 'low'])
export type Priority = z.output<typeof prioritySchema>

/** The queued runs, in the order in which they will start. */
export const queueStateSchema = z.strictObject({
  /** True if the queue is on hold: no run starts until it is released. */
  held: z.boolean(),
  /** Runs at the same time. */
  workers: z.int(),
  /** Cores of this machine. */
  cores: z.int(),
  entries: z.array(z.strictObject({
    runId: runIdSchema,
    priority: prioritySchema,
    /** Wall time that the run still needs after it starts; null if unknown. */
    seconds: z.number().nullable(),
  })),
})
export type QueueState = z.output<typeof queueStateSchema>

const number = z.custom<number>((value) => typeof value === 'number')
const interval = z.tuple([number, number]).nullable()

/** Outcome and pulse cost of one run in a comparison. Fields are documented in src-engine/statistics/comparison.ts. */
const comparedRunSchema = z.strictObject({
  runId: runIdSchema,
  seed: z.int(),
  loss: number,
  epochs: z.int(),
  set: z.int(),
  reset: z.int(),
  read: z.int(),
  energy: number,
  stability: z.strictObject({ outcome: z.enum(outcomes), reasons: z.array(z.enum(reasons)) }),
})

const comparedArmSchema = z.strictObject({
  arm: z.int(),
  label: z.string(),
  runs: z.array(comparedRunSchema),
  restarts: z.int().optional(),
  sample: z.strictObject({ n: z.int(), mean: number, sd: number.nullable() }),
  interval,
  worst: number.nullable(),
  set: number.nullable(),
  energy: number.nullable(),
  outcomes: z.strictObject({ learned: z.int(), untrained: z.int(), silent: z.int(), diverged: z.int() }),
  failed: z.int(),
  unfinished: z.int(),
  test: z.strictObject({ pairs: z.int(), difference: number, interval, p: number, corrected: number }).nullable(),
  onFront: z.boolean(),
})

export const comparisonResultSchema: z.ZodType<Comparison> = z.strictObject({
  budget: budgetSchema,
  energy: energySchema,
  duration: durationSchema,
  reference: z.string(),
  loss: z.string(),
  arms: z.array(comparedArmSchema),
  warnings: z.array(z.string()),
})
