import * as z from 'zod'
import { type Comparison, outcomes, reasons } from '../../src-engine/analysis/comparison.ts'
import { budgetSchema, energySchema, sweepSchema } from '../../src-engine/spec/sweep.ts'
import { runIdSchema } from './run.ts'

export const sweepIdSchema = runIdSchema

/** One variation of a sweep's experiment. */
export const armSchema = z.strictObject({
  /** 'sign', 'ε = 0.5 µS, δ = 0.1': what is different in it, short. */
  label: z.string(),
  changes: z.array(z.strictObject({ path: z.string(), value: z.unknown() })),
})
export type Arm = z.output<typeof armSchema>

/** How long something takes on this machine. */
export const timeEstimateSchema = z.strictObject({
  /** With the workers there are, the queue empty. */
  seconds: z.number(),
  /** Two of three times the truth lies between these. */
  low: z.number(),
  high: z.number(),
  /** 'runs': kept ones of the like on this machine; 'probe': a few sequences were run for it just now. */
  basis: z.enum(['runs', 'probe']),
  /** How many runs or probes it rests on. */
  count: z.int(),
})
export type TimeEstimate = z.output<typeof timeEstimateSchema>

/** What a sweep comes to, before it is launched. */
export const sweepPlanSchema = z.strictObject({
  arms: z.array(armSchema),
  runs: z.int(),
  sequences: z.int(),
  /** Added to the library, bytes. */
  disk: z.number(),
  /** Of the largest run, bytes. */
  memory: z.number(),
  time: timeEstimateSchema.nullable(),
})
export type SweepPlan = z.output<typeof sweepPlanSchema>

/** A kept sweep. Its runs are those whose summary names it. */
export const sweepRecordSchema = z.strictObject({
  sweepId: sweepIdSchema,
  name: z.string(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  document: sweepSchema,
  arms: z.array(armSchema),
})
export type SweepRecord = z.output<typeof sweepRecordSchema>

/** High goes before normal, normal before low; within one, the order of the queue. */
export const prioritySchema = z.enum(['high', 'normal', 'low'])
export type Priority = z.output<typeof prioritySchema>

/** What waits, in the order in which it will be begun. */
export const queueStateSchema = z.strictObject({
  /** Nothing is begun until it goes on. */
  held: z.boolean(),
  /** Runs at the same time. */
  workers: z.int(),
  /** As many as this machine has. */
  cores: z.int(),
  entries: z.array(z.strictObject({
    runId: runIdSchema,
    priority: prioritySchema,
    /** Wall time that it still takes once it runs; null where nothing is known. */
    seconds: z.number().nullable(),
  })),
})
export type QueueState = z.output<typeof queueStateSchema>

const number = z.custom<number>((value) => typeof value === 'number')
const interval = z.tuple([number, number]).nullable()

/** How a run came out, what the pulses cost, and which arm is better: each field's meaning stands in src-engine/analysis/comparison.ts. */
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
  reference: z.string(),
  arms: z.array(comparedArmSchema),
  warnings: z.array(z.string()),
})
