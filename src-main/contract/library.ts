import * as z from 'zod'
import { runIdSchema } from './run.ts'

/** What the library keeps about itself: how much room it may take, and when it is backed up. */
export const librarySettingsSchema = z.strictObject({
  /** A run that would take the file above this is refused before it starts, bytes. */
  budget: z.int().min(1e6).max(1e15),
  /** A backup is made once the last one is older than this, h; 0 makes none by itself. */
  backupEvery: z.int().min(0).max(8760),
  /** Runs at the same time; 0 is as many as the machine has cores. */
  workers: z.int().min(0).max(64),
  /** Whether the queue begins no run until it is told to go on. */
  held: z.boolean(),
})
export type LibrarySettings = z.output<typeof librarySettingsSchema>

/** Of a library that was told nothing else. */
export const usualSettings: LibrarySettings = { budget: 20e9, backupEvery: 24, workers: 0, held: false }

export const backupSchema = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  reason: z.enum(['scheduled', 'asked', 'migration']),
})
export type Backup = z.output<typeof backupSchema>

/** Room taken and left. */
export const usageSchema = z.strictObject({
  /** The file and its write-ahead log. */
  fileBytes: z.int(),
  /** What a compaction would give back. */
  freeBytes: z.int(),
  /** Room left on the disk; null where the system does not say. */
  diskBytes: z.int().nullable(),
  runs: z.strictObject({ library: z.int(), archive: z.int(), trash: z.int() }),
})
export type Usage = z.output<typeof usageSchema>

/** One thing that a check found to be not as it was written. */
export const findingSchema = z.strictObject({
  /** 'structure' is of the file itself, the others of what is in it. */
  kind: z.enum(['structure', 'run', 'epochs', 'summary', 'array', 'checkpoint']),
  runId: runIdSchema.nullable(),
  message: z.string(),
  /** What the repair did; null where nothing was asked or nothing could be done. */
  repaired: z.string().nullable(),
})
export type Finding = z.output<typeof findingSchema>

export const checkReportSchema = z.strictObject({
  runs: z.int(),
  epochs: z.int(),
  arrays: z.int(),
  checkpoints: z.int(),
  /** Of everything whose SHA-256 was compared, as kept. */
  bytes: z.int(),
  findings: z.array(findingSchema),
  /** Whether it was ended before everything was looked at. */
  stopped: z.boolean(),
})
export type CheckReport = z.output<typeof checkReportSchema>

export const libraryTaskSchema = z.enum(['check', 'backup', 'compact', 'restore', 'move', 'import'])
export type LibraryTask = z.output<typeof libraryTaskSchema>

/** How far a long task on the library is. `total` may still grow; `done` equals it at the end. */
export const libraryWorkSchema = z.strictObject({
  task: libraryTaskSchema,
  done: z.int(),
  total: z.int(),
  unit: z.enum(['bytes', 'runs']),
  /** Units a second since it began. */
  rate: z.number(),
  secondsLeft: z.number().nullable(),
  ended: z.boolean(),
})
export type LibraryWork = z.output<typeof libraryWorkSchema>
