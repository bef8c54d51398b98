import * as z from 'zod'
import { sweepSchema } from '../../src-engine/spec/sweep.ts'
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
  /** 'runs': kept ones of the like on this machine; 'trial': a few sequences were run for it just now. */
  basis: z.enum(['runs', 'trial']),
  /** How many runs or trials it rests on. */
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
