import * as z from 'zod'
import { exportFormats } from './export-formats.ts'
import { backupSchema, checkReportSchema, librarySettingsSchema, libraryWorkSchema, noticeSchema, usageSchema } from './library.ts'
import { drawnFigureSchema, figureName, keptFigureSchema } from './figures.ts'
import { groupResultSchema, groupsToTestSchema } from './group-tests.ts'
import { importPreviewSchema } from './import.ts'
import { pageSchema } from './page.ts'
import { preferencesSchema } from './preferences.ts'
import {
  completionSchema, countedRunsSchema, foundRunsSchema, groupsOfListSchema, listedGroupsSchema, orderedRunsSchema,
  queriedRunsSchema, runCellsSchema, runOrderSchema, runQuerySchema, runRowsSchema, whichRunsSchema,
} from './query.ts'
import {
  annotationChangeSchema, arrayInfoSchema, countedSchema, epochMetricsSchema, liveFrameSchema, progressSchema,
  runDetailSchema, runIdSchema, runPlaceSchema, runSummarySchema, shelfSchema, snapshotHistogramSchema, SNAPSHOTS_PER_CALL,
  synapseSchema, synapseStateSchema, unreadableRunSchema, watchedSynapseSchema,
} from './run.ts'
import { studyOutlineSchema, studyPlanSchema } from './study.ts'
import { comparisonResultSchema, prioritySchema, queueStateSchema, sweepIdSchema, sweepPlanSchema, sweepRecordSchema, timeEstimateSchema } from './sweep.ts'
import { signalCheckSchema, signalChoiceSchema, signalPreviewSchema } from './signal.ts'
import { verificationSchema } from './verification.ts'
import { viewName, viewSchema } from './views.ts'
import { figureDocumentSchema } from '../../src-engine/charts/figure-document.ts'
import { pictureFormats } from '../../src-engine/figure/page/formats.ts'
import { MOST_SPEC_BYTES } from '../../src-engine/experiment/document.ts'
import { specSchema } from '../../src-engine/experiment/spec.ts'
import { comparisonSchema } from '../../src-engine/experiment/sweep.ts'

const empty = z.strictObject({})
const fileName = z.string().min(1).max(300)
/** A complete experiment, or a sweep, whose size is checked and nothing more. */
const documentKind = z.enum(['experiment', 'sweep'])
const oneRun = z.strictObject({ runId: runIdSchema })
const oneSweep = z.strictObject({ sweepId: sweepIdSchema })
const oneStudy = z.strictObject({ id: z.string().min(1).max(300), search: z.boolean() })
const snapshotsOfCall = z.array(z.int().min(0)).max(SNAPSHOTS_PER_CALL)
/** What deletes or replaces for good asks outside of the page. */
const deletedOrNot = z.strictObject({ deleted: z.boolean() })
const savedOrNot = z.strictObject({ saved: z.boolean() })
const someRuns = z.array(runIdSchema).min(1).max(100_000)

/** Prefix of the ids of the user's own presets. */
export const OWN = 'own/'

export const presetSchema = z.strictObject({
  /** 'pattern-generation/fp32' */
  id: z.string(),
  title: z.string(),
  description: z.string(),
  /** Where its numbers come from: source, search, seeds, date. */
  provenance: z.string(),
  /** True if the user saved it in this library, false if it is shipped. */
  own: z.boolean(),
  spec: specSchema,
})
export type Preset = z.output<typeof presetSchema>

/** The files that were written, or null if the user cancelled the dialog. */
const written = z.strictObject({ files: z.array(z.string()) }).nullable()

/** One error in the caller's input: where it is, which rule it breaks, and what was found. */
export const problemSchema = z.strictObject({ path: z.string(), rule: z.string(), found: z.string() })

const refused = z.strictObject({ ok: z.literal(false), problems: z.array(problemSchema) })
/** The requested value, or why a document from the form was refused. Such a document has its own schema and its own errors. */
const orRefused = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.discriminatedUnion('ok', [z.strictObject({ ok: z.literal(true), ...shape }), refused])

/** Every call that a window can make. The input is parsed before anything happens; the output is checked by type only. */
export const calls = {
  'app.info': { input: empty, output: z.strictObject({ version: z.string(), electron: z.string(), libraryFile: z.string(), build: z.enum(['source', 'development', 'release']), cores: z.int(), /** Why the library is read-only; null if it can be written. */ readOnly: z.string().nullable(), /** True if the default library was created by this start. */ firstStart: z.boolean() }) },
  'app.preferences': { input: empty, output: preferencesSchema },
  'app.prefer': { input: preferencesSchema.partial(), output: preferencesSchema },
  /** Copies versions, settings and the end of the log to the clipboard, as Markdown without personal paths. */
  'app.copyDiagnostics': { input: z.strictObject({ /** Settings of the window. */ theme: z.string().max(20), zoom: z.number() }), output: empty },
  /** Sets the zoom factor of the window; 1 is actual size. */
  'window.zoom': { input: z.strictObject({ factor: z.number().min(0.5).max(2) }), output: empty },
  'presets.list': { input: empty, output: z.array(presetSchema) },
  /** Saves one of the user's own presets. */
  'presets.save': { input: z.strictObject({ title: z.string().max(200), description: z.string().max(4000), provenance: z.string().max(4000), spec: z.unknown() }), output: orRefused({ preset: presetSchema }) },
  'presets.delete': { input: z.strictObject({ id: z.string().max(300) }), output: deletedOrNot },
  /**
   * A document that the user chooses, or that was dropped on the window. Returns what it holds as JSON text, or what is wrong with it; null
   * if the user cancelled. Its signal files start at its folder, and may be read if they are below it.
   */
  'spec.import': { input: z.strictObject({ kind: documentKind, file: z.string().max(4096).optional() }), output: z.strictObject({ file: z.string(), read: orRefused({ text: z.string() }) }).nullable() },
  /** Reads the text of a document whose file is not known in the same way. */
  'spec.read': { input: z.strictObject({ kind: documentKind, text: z.string().max(MOST_SPEC_BYTES) }), output: orRefused({ text: z.string() }) },
  'spec.export': { input: z.strictObject({ name: fileName, document: z.unknown() }), output: written },
  /** Parses the spec, resolves an imported signal and queues the run. */
  'runs.start': { input: z.strictObject({ spec: z.unknown() }), output: orRefused({ runId: runIdSchema }) },
  /** Estimates how long the run would take; null if the spec cannot be run. May run a few sequences of it. */
  'runs.estimate': { input: z.strictObject({ spec: z.unknown() }), output: timeEstimateSchema.nullable() },
  /** Stop and pause return after the run's checkpoint is saved and its worker has exited. */
  'runs.stop': { input: oneRun, output: empty },
  'runs.pause': { input: oneRun, output: empty },
  /** Queues the run again. It continues from its last checkpoint. */
  'runs.resume': { input: oneRun, output: empty },
  /** Queues a new run of the same spec. */
  'runs.retry': { input: oneRun, output: z.strictObject({ runId: runIdSchema }) },
  'runs.shelve': { input: z.strictObject({ runIds: someRuns, shelf: shelfSchema }), output: empty },
  /** Deletes runs permanently. They must be in the trash. */
  'runs.delete': { input: z.strictObject({ runIds: someRuns }), output: deletedOrNot },
  /** The first runs of the library or of a sweep, newest first, or those that follow a place. A page that is not full is the last. */
  'runs.list': { input: z.strictObject({ sweepId: sweepIdSchema.optional(), after: runPlaceSchema.optional() }), output: z.array(runSummarySchema) },
  /** Runs by their ids, in the same order, without those that the library does not have. */
  'runs.summaries': { input: z.strictObject({ runIds: z.array(runIdSchema).max(10_000) }), output: z.array(runSummarySchema) },
  /** Ids of the runs that a query finds. A query with an error is answered with the error, its place and what would be right. */
  'runs.find': { input: whichRunsSchema, output: foundRunsSchema },
  'runs.count': { input: whichRunsSchema, output: countedRunsSchema },
  /** Values of the runs that a query finds: sorted and page by page, or in groups with n, mean and SD. */
  'runs.query': { input: runQuerySchema, output: queriedRunsSchema },
  /** Ids of the runs of a list, in its order and groups. What it shows of them is read for those in sight. */
  'runs.order': { input: runOrderSchema, output: orderedRunsSchema },
  /** Mean, SD and n of the columns of some groups of a list. */
  'runs.groups': { input: listedGroupsSchema, output: groupsOfListSchema },
  /** Values of runs by their ids, without those that the library does not have. */
  'runs.cells': { input: runCellsSchema, output: runRowsSchema },
  /** Changes names, tags, notes and stars of runs, all or none. Specs stay as they are. */
  'runs.annotate': { input: z.strictObject({ runIds: someRuns, change: annotationChangeSchema }), output: empty },
  /** What can be written at the cursor of a query: names, operators, units, and values that the library holds. */
  'query.complete': { input: z.strictObject({ query: z.string().max(10_000), cursor: z.int().min(0) }), output: completionSchema },
  'runs.get': { input: oneRun, output: z.union([runDetailSchema, unreadableRunSchema]) },
  'runs.array': { input: z.strictObject({ runId: runIdSchema, epoch: z.int().min(0), kind: z.string().max(40), name: z.string().max(80) }), output: z.strictObject({ info: arrayInfoSchema, data: z.custom<Float32Array | Uint16Array | Uint32Array>() }) },
  /** One synapse in some snapshots of a run. Damaged arrays are left out. */
  'snapshots.synapse': { input: oneRun.extend({ epochs: snapshotsOfCall, synapse: synapseSchema }), output: z.array(synapseStateSchema) },
  /** Distribution of a quantity in some snapshots of a run. Null for a damaged snapshot. */
  'snapshots.histograms': { input: oneRun.extend({ epochs: snapshotsOfCall, counted: countedSchema }), output: z.array(snapshotHistogramSchema) },
  /** The runs that are running now, for a window that has just opened. */
  'runs.live': { input: empty, output: z.array(z.strictObject({ progress: progressSchema, frame: liveFrameSchema.nullable() })) },
  /** Selects the synapse that the frames of a running run show. Has no effect on any other run. */
  'runs.observe': { input: oneRun.extend(watchedSynapseSchema.shape), output: empty },
  /** Estimated size of an export of the runs, bytes, by format. Reads no array. */
  'runs.exportSizes': { input: z.strictObject({ runIds: someRuns }), output: z.record(z.enum(exportFormats.map(({ format }) => format)), z.number()) },
  /** Exports tables and arrays, a JSON document, or one archive that another library can import, into a folder that the user chooses. Asks if its disk may be too small. */
  'runs.export': { input: z.strictObject({ runIds: someRuns, format: z.enum(exportFormats.map(({ format }) => format)) }), output: written },
  /** Writes an archive of runs that are dragged out of the window, unless it is too large. */
  'runs.prepareDrag': { input: z.strictObject({ runIds: someRuns }), output: z.strictObject({ problem: z.string().nullable() }) },
  /** Starts the drag of the archive that was prepared last. The button must still be pressed. */
  'runs.drag': { input: empty, output: empty },
  /** Computes runs again in a temporary library and compares their digests. Runs in the background, after all queued runs. */
  'runs.verify': { input: z.strictObject({ runIds: someRuns }), output: z.array(verificationSchema) },
  /** Lets the user choose an archive or a library file. Returns how many runs were imported and how many were already here. */
  /** What an import of a file that the user chooses would do; null if the user cancelled. Changes nothing. */
  'runs.previewImport': { input: empty, output: importPreviewSchema.nullable() },
  /** Imports the file of the last preview. */
  'runs.import': { input: z.strictObject({ file: z.string() }), output: z.strictObject({ imported: z.int(), present: z.int() }) },
  /** Returns the arms and the cost of a sweep. The time comes from stored runs; with `measure` a few sequences may be run for it. */
  'sweeps.plan': { input: z.strictObject({ sweep: z.unknown(), measure: z.boolean() }), output: orRefused({ plan: sweepPlanSchema }) },
  'sweeps.start': { input: z.strictObject({ sweep: z.unknown() }), output: orRefused({ sweepId: sweepIdSchema }) },
  /** Resumes a stored sweep of the same document and engine. Starts a new one if there is none. */
  'sweeps.takeUp': { input: z.strictObject({ sweep: z.unknown() }), output: orRefused({ sweepId: sweepIdSchema }) },
  /** Newest first. */
  'sweeps.list': { input: empty, output: z.array(sweepRecordSchema) },
  /** Act on all runs of the sweep that have not ended. Pause and stop return after those runs have ended, resume after they are queued. */
  'sweeps.pause': { input: oneSweep, output: empty },
  'sweeps.resume': { input: oneSweep, output: empty },
  'sweeps.stop': { input: oneSweep, output: empty },
  /** Compares the arms of a sweep, by its own comparison or by another; null if the library has no such sweep. */
  'sweeps.compare': { input: oneSweep.extend({ by: comparisonSchema.nullable() }), output: comparisonResultSchema.nullable() },
  /** Tests groups of runs against one of them. */
  'groups.test': { input: groupsToTestSchema, output: z.array(groupResultSchema) },
  /** Writes the sweep's tournament into a folder that the user chooses: report, tables for papers and spreadsheets, figure, every run. */
  'sweeps.export': { input: oneSweep.extend({ by: comparisonSchema.nullable() }), output: written },
  /** Shipped studies, then the user's own beside the library. */
  'studies.list': { input: empty, output: z.array(studyOutlineSchema) },
  /** Lets the user choose the JSON file of a study and copies it to the own ones, in place of one with that name after a question. Returns its id, or null if the user cancelled. */
  'studies.import': { input: empty, output: orRefused({ id: z.string().nullable() }) },
  /** The parts of a study, with their runs and the time that stored runs suggest. */
  'studies.plan': { input: oneStudy, output: orRefused({ plan: studyPlanSchema }) },
  /** Starts or continues a study, which goes on in the background. Returns the id of its first sweep. */
  'studies.start': { input: oneStudy, output: orRefused({ sweepId: sweepIdSchema }) },
  /** Writes the report of a finished study into a folder that the user chooses, and the settings that its search found. */
  'studies.export': { input: oneStudy, output: written },
  'queue.get': { input: empty, output: queueStateSchema },
  /** Puts queued runs in this order. Runs that are not listed follow them. */
  'queue.order': { input: z.strictObject({ runIds: someRuns }), output: empty },
  'queue.prioritise': { input: z.strictObject({ runIds: someRuns, priority: prioritySchema }), output: empty },
  /** Sets how many runs run at the same time; 0 means one per core. */
  'queue.workers': { input: z.strictObject({ workers: z.int().min(0).max(64) }), output: empty },
  /** Holds the queue. Running runs save a checkpoint and return to its front. Returns when nothing is running. */
  'queue.hold': { input: empty, output: empty },
  /** Starts the queue again. Runs that were paused individually return to the queue too. */
  'queue.release': { input: empty, output: empty },
  /** The latest notices since the start, oldest first, for a window that has just opened. */
  'library.notices': { input: empty, output: z.array(noticeSchema) },
  'library.usage': { input: empty, output: usageSchema },
  'library.settings': { input: empty, output: librarySettingsSchema },
  'library.configure': { input: librarySettingsSchema.partial(), output: librarySettingsSchema },
  'library.check': { input: z.strictObject({ repair: z.boolean() }), output: checkReportSchema },
  'library.backups': { input: empty, output: z.array(backupSchema) },
  'library.backup': { input: empty, output: backupSchema },
  /** Refused while runs are queued or running. The previous library is kept beside the restored one; returns its name. */
  'library.restore': { input: z.strictObject({ file: z.string().min(1).max(4096) }), output: z.strictObject({ setAside: z.string() }) },
  'library.compact': { input: empty, output: z.strictObject({ freedBytes: z.int() }) },
  /** Lets the user choose a folder. Returns the library's new path, or null if the user cancelled. */
  'library.move': { input: empty, output: z.strictObject({ file: z.string() }).nullable() },
  /** Cancels a check, a backup or a compaction, whose finished parts stay, and exports and verifications, of which nothing stays. */
  'library.cancel': { input: empty, output: empty },
  /** Saves a chart under a name that the user chooses. SVG is text, PNG is bytes. */
  'chart.export': { input: z.strictObject({ name: fileName, format: z.enum(pictureFormats), page: pageSchema }), output: written },
  /** Figures that the user keeps, last changed first. */
  'figures.list': { input: empty, output: z.strictObject({ figures: z.array(keptFigureSchema) }) },
  /** Saves a figure by its name, in place of one with that name, and also of one of another name. The first time that a figure is replaced, it asks. */
  'figures.save': { input: z.strictObject({ document: figureDocumentSchema, replaces: figureName.nullable() }), output: savedOrNot },
  'figures.delete': { input: z.strictObject({ name: figureName }), output: deletedOrNot },
  /** Views that the user keeps, last changed first. */
  'views.list': { input: empty, output: z.strictObject({ views: z.array(viewSchema) }) },
  /** Keeps a view by its name, in place of one with that name after a question. */
  'views.save': { input: viewSchema.pick({ name: true, address: true }), output: savedOrNot },
  'views.delete': { input: z.strictObject({ name: viewName }), output: deletedOrNot },
  /** Draws a figure from the library. */
  'figures.draw': { input: z.strictObject({ document: figureDocumentSchema }), output: drawnFigureSchema },
  /** Lets the user choose where to write a figure, also with its data, document and script. Null if the user cancelled. */
  'figures.export': {
    input: z.strictObject({
      document: figureDocumentSchema, format: z.enum(pictureFormats), dpi: z.int().min(36).max(1200), beside: z.boolean(),
      outlines: z.boolean().default(false),
    }),
    output: z.strictObject({
      files: z.array(z.string()),
      /** What is missing in it, or has changed since it was saved. */
      warnings: z.array(z.string()),
    }).nullable(),
  },
  /** A page as a PNG image for the clipboard. */
  'chart.picture': { input: z.strictObject({ page: pageSchema }), output: z.strictObject({ png: z.instanceof(Uint8Array<ArrayBuffer>) }) },
  /** Lets the user choose a signal file, which may be read from then on. Returns null if the user cancelled. */
  'signal.choose': {
    input: z.strictObject({ again: z.string().max(1024).optional() }),
    output: z.strictObject({ file: z.string(), isSame: z.boolean() }).nullable(),
  },
  /**
   * How a signal file would be read: from its beginning, or all of it with `signal.progress`. Asks whether to read a file that the user
   * did not choose; null if not. A newer preview cancels it.
   */
  'signal.preview': { input: z.strictObject({ file: z.string().min(1).max(1024), choice: signalChoiceSchema, part: z.enum(['head', 'whole']) }), output: orRefused({ preview: signalPreviewSchema.nullable() }) },
  'signal.cancel': { input: empty, output: empty },
  /** Judges and draws the signal of a valid spec before the start; null if its file was not chosen by the user. A newer check cancels it. */
  'signal.check': { input: z.strictObject({ spec: z.unknown() }), output: signalCheckSchema.nullable() },
} as const

export type Calls = typeof calls
export type CallName = keyof Calls
export type CallInput<Name extends CallName> = z.input<Calls[Name]['input']>
export type CallOutput<Name extends CallName> = z.output<Calls[Name]['output']>

/** Every event that the main process sends to its windows. */
export const events = {
  'run.changed': z.strictObject({ summary: runSummarySchema }),
  'run.progress': progressSchema,
  /** The epochs that ended since the last event, in order. */
  'run.epochs': z.strictObject({ runId: runIdSchema, metrics: z.array(epochMetricsSchema).min(1) }),
  'run.frame': liveFrameSchema,
  /** A snapshot was saved in the library. */
  'run.kept': z.strictObject({ runId: runIdSchema, epoch: z.int() }),
  'queue.changed': queueStateSchema,
  'sweep.changed': z.strictObject({ sweep: sweepRecordSchema }),
  'run.removed': z.strictObject({ runIds: z.array(runIdSchema) }),
  /** Another program wrote to the library, or a restore or a move replaced its file. What was read before may be out of date. */
  'library.changed': empty,
  'library.work': libraryWorkSchema,
  /** A menu item was chosen. The window runs the first of these commands that it has. */
  'app.command': z.strictObject({ ids: z.array(z.string()).min(1) }),
  'library.notice': noticeSchema,
  /** Share of a signal file that is read, from 0 to 1. */
  'signal.progress': z.strictObject({ share: z.number() }),
} as const

export type Events = typeof events
export type EventName = keyof Events
export type EventPayload<Name extends EventName> = z.output<Events[Name]>

/** The answer to a call. Failures are values, never thrown strings. Values that texts.ts lists cross the bridge as text. */
export type Answer = { ok: true; value: unknown } | { ok: true; text: string } | { ok: false; code: string; message: string }

/** The API that the preload script puts on `window.chalcogen`. */
export interface Bridge {
  call(name: string, input: unknown): Promise<Answer>
  on(name: string, listener: (payload: unknown) => void): () => void
  /** Chooses a file that was dropped on the window, which may be read from then on. Only a person can drop one. */
  takeDropped(file: File): Promise<Answer>
}
