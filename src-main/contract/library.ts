import * as z from 'zod'
import { runIdSchema, runStatusSchema } from './run.ts'

/** Settings stored in the library: its size limit, its backup schedule and its queue. */
export const librarySettingsSchema = z.strictObject({
  /** Size limit, bytes. A run that would make the file larger is refused before it starts. */
  budget: z.int().min(1e6).max(1e15),
  /** Backup interval, h; 0 turns scheduled backups off. */
  backupEvery: z.int().min(0).max(8760),
  /** Runs at the same time; 0 means one per core. */
  workers: z.int().min(0).max(64),
  /** True if the queue is on hold: no run starts until it is released. */
  held: z.boolean(),
})
export type LibrarySettings = z.output<typeof librarySettingsSchema>

/** Settings of a new library. */
export const defaultSettings: LibrarySettings = { budget: 20e9, backupEvery: 24, workers: 0, held: false }

export const backupSchema = z.strictObject({
  file: z.string(),
  bytes: z.int(),
  /** ISO 8601, UTC. */
  madeAt: z.string(),
  reason: z.enum(['scheduled', 'asked', 'migration']),
})
export type Backup = z.output<typeof backupSchema>

/** Disk space in use and available. */
export const usageSchema = z.strictObject({
  /** Size of the file and its write-ahead log. */
  fileBytes: z.int(),
  /** Unused space in the file, which a compaction would free. */
  freeBytes: z.int(),
  /** Free space on the disk; null if the system does not report it. */
  diskBytes: z.int().nullable(),
  runs: z.strictObject({ library: z.int(), archive: z.int(), trash: z.int() }),
  /** Number of runs by status, for every status that a run has. */
  statuses: z.partialRecord(runStatusSchema, z.int()),
})
export type Usage = z.output<typeof usageSchema>

/** One error that a library check found. */
export const findingSchema = z.strictObject({
  /** 'structure' concerns the file itself, the others its content. */
  kind: z.enum(['structure', 'run', 'epochs', 'summary', 'array', 'checkpoint']),
  runId: runIdSchema.nullable(),
  message: z.string(),
  /** What the repair did; null if no repair was requested or possible. */
  repaired: z.string().nullable(),
})
export type Finding = z.output<typeof findingSchema>

export const checkReportSchema = z.strictObject({
  runs: z.int(),
  epochs: z.int(),
  arrays: z.int(),
  checkpoints: z.int(),
  /** Stored size of all data whose SHA-256 was compared. */
  bytes: z.int(),
  findings: z.array(findingSchema),
  /** True if the check was cancelled before it had read everything. */
  stopped: z.boolean(),
})
export type CheckReport = z.output<typeof checkReportSchema>

/** A message about the library for whoever is looking. */
export const noticeSchema = z.strictObject({
  level: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  /** The run that it is about. It replaces earlier notices about the same run. */
  runId: runIdSchema.optional(),
  /** What waits for the library or has resumed: the queue, or ends of runs that are not saved yet. It replaces earlier notices about it. */
  waits: z.enum(['queue', 'ends']).optional(),
})
export type Notice = z.output<typeof noticeSchema>

export const libraryTaskSchema = z.enum(['check', 'backup', 'compact', 'restore', 'move', 'import', 'export', 'verify'])
export type LibraryTask = z.output<typeof libraryTaskSchema>

/** Progress of a long task on the library. `total` may still grow; `done` equals it at the end. */
export const libraryWorkSchema = z.strictObject({
  task: libraryTaskSchema,
  done: z.int(),
  total: z.int(),
  unit: z.enum(['bytes', 'runs', 'sequences']),
  /** Mean rate since the start, units per second. */
  rate: z.number(),
  secondsLeft: z.number().nullable(),
  ended: z.boolean(),
})
export type LibraryWork = z.output<typeof libraryWorkSchema>
