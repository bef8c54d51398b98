import * as z from 'zod'
import { backupSchema, checkReportSchema, librarySettingsSchema, libraryWorkSchema, usageSchema } from './library.ts'
import {
  arrayInfoSchema, epochMetricsSchema, liveFrameSchema, progressSchema,
  runDetailSchema, runIdSchema, runSummarySchema, shelfSchema, watchedSynapseSchema,
} from './run.ts'
import { comparisonResultSchema, prioritySchema, queueStateSchema, sweepIdSchema, sweepPlanSchema, sweepRecordSchema, timeEstimateSchema } from './sweep.ts'
import { specSchema } from '../../src-engine/spec/spec.ts'
import { comparisonSchema } from '../../src-engine/spec/sweep.ts'

const nothing = z.strictObject({})
const fileName = z.string().min(1).max(300)
const oneRun = z.strictObject({ runId: runIdSchema })
const oneSweep = z.strictObject({ sweepId: sweepIdSchema })
const someRuns = z.array(runIdSchema).min(1).max(100_000)

/** How the ids of the user's own presets begin. */
export const OWN = 'own/'

export const presetSchema = z.strictObject({
  /** 'pattern-generation/fp32' */
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** Where its numbers come from: source, search, seeds, date. */
  provenance: z.string(),
  /** Made by the user, in this library; the others are shipped. */
  own: z.boolean(),
  spec: specSchema,
})
export type Preset = z.output<typeof presetSchema>

/** A file that was written, or null where the person cancelled the dialog. */
const written = z.strictObject({ files: z.array(z.string()) }).nullable()

/** Where something is wrong with what a caller gave. */
export const problemSchema = z.strictObject({ path: z.string(), found: z.string(), allowed: z.string() })

const refused = z.strictObject({ ok: z.literal(false), problems: z.array(problemSchema) })
/** What was asked for, or why a document from the form was refused: it passes its own schema with its own errors. */
const orRefused = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), ...shape }), refused])

/** Every call that a window can make: its input is parsed before anything happens, its output by type. */
export const calls = {
  'app.info': { input: nothing, output: z.strictObject({ version: z.string(), electron: z.string(), libraryFile: z.string(), build: z.enum(['source', 'development', 'release']), cores: z.int(), /** Why the library may only be read; null where it may be written. */ readOnly: z.string().nullable(), /** The usual library was made just now. */ firstStart: z.boolean() }) },
  /** How large the window shows everything; 1 is actual size. */
  'window.zoom': { input: z.strictObject({ factor: z.number().min(0.5).max(2) }), output: nothing },
  'presets.list': { input: nothing, output: z.array(presetSchema) },
  /** Keeps a preset of one's own. */
  'presets.save': { input: z.strictObject({ title: z.string().max(200), description: z.string().max(4000), provenance: z.string().max(4000), spec: z.unknown() }), output: orRefused({ preset: presetSchema }) },
  'presets.delete': { input: z.strictObject({ id: z.string().max(300) }), output: nothing },
  /** Asks for a JSON file; its text, or null where the person cancelled. */
  'spec.import': { input: nothing, output: z.strictObject({ file: z.string(), text: z.string() }).nullable() },
  'spec.export': { input: z.strictObject({ name: fileName, document: z.unknown() }), output: written },
  /** Parses, resolves an imported signal, queues. */
  'runs.start': { input: z.strictObject({ spec: z.unknown() }), output: orRefused({ runId: runIdSchema }) },
  /** How long the run would take; null where the spec cannot be run. May run a few sequences of it. */
  'runs.estimate': { input: z.strictObject({ spec: z.unknown() }), output: timeEstimateSchema.nullable() },
  /** Each returns once the run has come to rest: its checkpoint is kept and its worker gone. */
  'runs.stop': { input: oneRun, output: nothing },
  'runs.pause': { input: oneRun, output: nothing },
  /** Back into the queue, to go on from the last checkpoint. */
  'runs.resume': { input: oneRun, output: nothing },
  /** A new run of the same spec. */
  'runs.retry': { input: oneRun, output: z.strictObject({ runId: runIdSchema }) },
  'runs.shelve': { input: z.strictObject({ runIds: someRuns, shelf: shelfSchema }), output: nothing },
  /** For good; only runs in the trash. */
  'runs.delete': { input: z.strictObject({ runIds: someRuns }), output: nothing },
  'runs.list': { input: nothing, output: z.array(runSummarySchema) },
  'runs.get': { input: oneRun, output: runDetailSchema },
  'runs.array': { input: z.strictObject({ runId: runIdSchema, epoch: z.int().min(0), kind: z.string().max(40), name: z.string().max(80) }), output: z.strictObject({ info: arrayInfoSchema, data: z.custom<Float32Array | Uint16Array | Uint32Array>() }) },
  /** What runs now, for a window that has just opened. */
  'runs.live': { input: nothing, output: z.array(z.strictObject({ progress: progressSchema, frame: liveFrameSchema.nullable() })) },
  /** Which synapse the frames of a running run show; no effect on a run that does not run. */
  'runs.observe': { input: oneRun.extend(watchedSynapseSchema.shape), output: nothing },
  /** CSV tables, a JSON document, or one archive with every array, that another library can import. */
  'runs.export': { input: z.strictObject({ runIds: z.array(runIdSchema).min(1).max(1000), format: z.enum(['csv', 'json', 'archive']) }), output: written },
  /** Asks for an archive or a library file; how many runs were taken in and how many were here already. */
  'runs.import': { input: nothing, output: z.strictObject({ imported: z.int(), present: z.int() }).nullable() },
  /** What a sweep comes to. Without `measure` only kept runs are asked how long it takes, else a few sequences may be run for it. */
  'sweeps.plan': { input: z.strictObject({ sweep: z.unknown(), measure: z.boolean() }), output: orRefused({ plan: sweepPlanSchema }) },
  'sweeps.start': { input: z.strictObject({ sweep: z.unknown() }), output: orRefused({ sweepId: sweepIdSchema }) },
  /** Goes on with a kept sweep of the same document and engine, else launches it. */
  'sweeps.takeUp': { input: z.strictObject({ sweep: z.unknown() }), output: orRefused({ sweepId: sweepIdSchema }) },
  /** Newest first. */
  'sweeps.list': { input: nothing, output: z.array(sweepRecordSchema) },
  /** All of its runs that have not ended. Each returns once they have come to rest. */
  'sweeps.pause': { input: oneSweep, output: nothing },
  'sweeps.resume': { input: oneSweep, output: nothing },
  'sweeps.stop': { input: oneSweep, output: nothing },
  /** Its arms set against each other, by its own comparison or by another; null where no such sweep is kept. */
  'sweeps.compare': { input: oneSweep.extend({ by: comparisonSchema.nullable() }), output: comparisonResultSchema.nullable() },
  /** Writes its tournament into a folder that the person chooses: report, tables for papers and spreadsheets, figure, every run. */
  'sweeps.export': { input: oneSweep.extend({ by: comparisonSchema.nullable() }), output: written },
  'queue.get': { input: nothing, output: queueStateSchema },
  /** Queued runs in the order that is wanted; those that are not named come behind them. */
  'queue.order': { input: z.strictObject({ runIds: someRuns }), output: nothing },
  'queue.prioritise': { input: z.strictObject({ runIds: someRuns, priority: prioritySchema }), output: nothing },
  /** Runs at the same time; 0 is as many as there are cores. */
  'queue.workers': { input: z.strictObject({ workers: z.int().min(0).max(64) }), output: nothing },
  /** Holds the queue: what runs goes back into it with a checkpoint, before all others. Returns once nothing runs. */
  'queue.hold': { input: nothing, output: nothing },
  /** Goes on; runs that were paused one by one come back into the queue too. */
  'queue.release': { input: nothing, output: nothing },
  'library.usage': { input: nothing, output: usageSchema },
  'library.settings': { input: nothing, output: librarySettingsSchema },
  'library.configure': { input: librarySettingsSchema.partial(), output: librarySettingsSchema },
  'library.check': { input: z.strictObject({ repair: z.boolean() }), output: checkReportSchema },
  'library.backups': { input: nothing, output: z.array(backupSchema) },
  'library.backup': { input: nothing, output: backupSchema },
  /** Refused while runs are running. The library as it was is kept beside it; the answer is its name. */
  'library.restore': { input: z.strictObject({ file: z.string().min(1).max(4096) }), output: z.strictObject({ setAside: z.string() }) },
  'library.compact': { input: nothing, output: z.strictObject({ freedBytes: z.int() }) },
  /** Asks for a folder; the file's new place, or null where the person cancelled. */
  'library.move': { input: nothing, output: z.strictObject({ file: z.string() }).nullable() },
  /** Ends a check, a backup or a compaction; what it did so far stays. */
  'library.cancel': { input: nothing, output: nothing },
  /** Saves a chart under a name the person chooses. SVG as text, PNG as bytes. */
  'chart.export': { input: z.strictObject({ name: fileName, format: z.enum(['svg', 'png']), content: z.union([z.string().max(64_000_000), z.instanceof(Uint8Array)]) }), output: written },
  /** Asks for a CSV or NPY file; its columns of numbers, or null where the person cancelled. */
  'signal.choose': { input: nothing, output: z.strictObject({ file: z.string(), columns: z.array(z.strictObject({ name: z.string(), length: z.int(), problem: z.string().nullable() })) }).nullable() },
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

/** Everything the main process tells its windows without being asked. */
export const events = {
  'run.changed': z.strictObject({ summary: runSummarySchema }),
  'run.progress': progressSchema,
  /** Epochs since the last telling, in their order. */
  'run.epochs': z.strictObject({ runId: runIdSchema, metrics: z.array(epochMetricsSchema).min(1) }),
  'run.frame': liveFrameSchema,
  /** A snapshot is in the library. */
  'run.kept': z.strictObject({ runId: runIdSchema, epoch: z.int() }),
  'queue.changed': queueStateSchema,
  'sweep.changed': z.strictObject({ sweep: sweepRecordSchema }),
  'run.removed': z.strictObject({ runIds: z.array(runIdSchema) }),
  /** Another program wrote, or a restore or a move has put another file in place: what was read may be out of date. */
  'library.changed': nothing,
  'library.work': libraryWorkSchema,
  /** Chosen in the menu: the window runs the first of these commands that it has. */
  'app.command': z.strictObject({ ids: z.array(z.string()).min(1) }),
  'library.notice': z.strictObject({ level: z.enum(['info', 'warning', 'error']), message: z.string() }),
} as const

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = z.output<Events[Name]>

/** What a call comes back as. Failures are values, never thrown strings; what texts.ts names crosses as text. */
export type Answer = { ok: true; value: unknown } | { ok: true; text: string } | { ok: false; code: string; message: string }

/** What the preload puts on `window.chalcogen`. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Answer>
  on(name: string, listener: (payload: unknown) => void): () => void
}
