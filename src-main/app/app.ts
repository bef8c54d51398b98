import path from 'node:path'
import type { Counted, SnapshotHistogram, Synapse, SynapseState } from '../../src-engine/analysis/snapshots.ts'
import { sequencesOf } from '../../src-engine/experiment/estimate.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { ComparisonSpec } from '../../src-engine/experiment/sweep.ts'
import type { SignalSpec } from '../../src-engine/experiment/task.ts'
import type { GroupResult } from '../../src-engine/statistics/group-tests.ts'
import type { GroupsToTest } from '../contract/group-tests.ts'
import type { Preset } from '../contract/contract.ts'
import type { PreviewedRun } from '../contract/import.ts'
import type { Backup, CheckReport, LibrarySettings, Usage } from '../contract/library.ts'
import type { AnnotationChange, EpochMetrics, LiveFrame, Progress, RunPlace, RunSummary, Shelf, StoredOverview, StoredRun, WatchedSynapse } from '../contract/run.ts'
import { RUNS_PER_PAGE } from '../contract/run.ts'
import type { StudyPlan } from '../contract/study.ts'
import type { SweepPlan, SweepRecord, TimeEstimate } from '../contract/sweep.ts'
import type { Verification } from '../contract/verification.ts'
import { FileWorkers } from '../library/file-work.ts'
import { type Imported, type Library, type LibraryError, type LibraryOptions, openLibrary, type ReadArray } from '../library/library.ts'
import { Estimates } from '../runs/estimates.ts'
import { createRuns } from '../runs/runs.ts'
import { createSweeps } from '../runs/sweeps.ts'
import { type ExportFormat, type ExportSizes, exportSizesOf } from '../contract/export-formats.ts'
import { runToJson, withoutSamples } from '../transfer/run-json.ts'
import { groupedTable } from '../transfer/table/grouped-runs.ts'
import { type TableFormat, tableText } from '../transfer/table/table-text.ts'
import { writeWithFolder } from '../transfer/write-file.ts'
import { createMaintenance } from './maintenance.ts'
import { diagnosticsText } from './diagnostics.ts'
import { drawRun } from './draw-run.ts'
import { type FigureService, figureService } from './figure-service.ts'
import type { PictureFormat } from '../../src-engine/figure/page/formats.ts'
import type { Scene } from '../../src-engine/figure/page/scene.ts'
import { bytesOfFigure, type FigureOptions } from '../transfer/figure-file.ts'
import { collectEnvironment, sqliteVersion } from './environment.ts'
import { type AppEvents, createEventHub } from './events.ts'
import { documentText } from './document-text.ts'
import { createDraggedArchives } from './dragged-archives.ts'
import { createExports } from './exports.ts'
import { documentThreads, type ReadDocument } from './documents.ts'
import { freeSpace } from './free-space.ts'
import { createImports } from './import-runs.ts'
import { lazyKernels } from './kernels.ts'
import { noteMove } from './location.ts'
import { errorLine, logApp } from './log/log-app.ts'
import { type Log, noLog, redactor } from './log/log.ts'
import { logSlowCalls } from './log/slow-calls.ts'
import type { FileAccess } from './file-access.ts'
import { prepareSpec } from './prepare.ts'
import { outcomeJudge } from './outcomes.ts'
import { ownPresets, type PresetDraft, saveOwnPreset } from './own-presets.ts'
import { readPresets } from './presets.ts'
import { comparisonWorker, testInWorker } from './comparison-worker.ts'
import { startBackgroundTasks } from './background-tasks.ts'
import { createQueryService, type QueryService } from './queries.ts'
import { createQueueService, type QueueService } from './queue.ts'
import { armsOfSweep } from './sweep-arms.ts'
import { createSweepService, type SweepService } from './sweeps.ts'
import { createSignalService, type SignalService } from './signal-service.ts'
import { signalThreads } from './signal-thread.ts'
import { savedSweepOf, startOrResumeSweep } from './start-or-resume-sweep.ts'
import { snapshotHistograms, synapseHistory } from './snapshots.ts'
import { createStudyService, type StudyService } from './studies.ts'
import { sweepReport, writeReport } from './sweep-report.ts'
import type { ThreadFiles } from '../threads/thread-files.ts'
import { createRunVerifier, noteVerified } from './verify-runs.ts'
import { type ViewService, viewService } from './view-service.ts'

export type { Backup, CheckReport, Imported, LibrarySettings, PreviewedRun, RunSummary, Shelf, StoredOverview, StoredRun }
export { type ExportFormat, exportFormats } from '../contract/export-formats.ts'
export { type TableFormat, tableFormats } from '../transfer/table/table-text.ts'
export { presenceOf } from '../contract/import.ts'
export { answerOf } from './queries.ts'
export type { AnnotationChange } from '../contract/run.ts'
export { annotationChangeSchema } from '../contract/run.ts'
export { type Cell, MOST_ROWS, type QueriedRuns, type RunQuery } from '../contract/query.ts'
export type { StudyPlan, SweepPlan, SweepRecord, Usage }

/** Options that only the entry point knows, such as file locations in a clone or a package. */
export interface AppOptions {
  libraryFile: string
  resourcesDir: string
  workers: ThreadFiles
  /** File of the engine's compiled kernels. */
  kernels: string
  /** Digest of what decides a result's bits, hex; see scripts/digest/engine.ts. */
  engineDigest: string
  applicationVersion: string
  /** Own build of better-sqlite3, for hosts below Node-API 10 only. */
  nativeBinding?: string
  /** Number of parallel runs; by default one per core. */
  slots?: number
  /** While open, continue the saved queue, make scheduled backups and watch for changes by other programs. */
  resident?: boolean
  /** Time between two attempts to write to a full disk, ms. */
  retryMs?: number
  /** The log of this process; by default there is none. */
  log?: Log
}

/** Everything the product can do. The desktop window and the command line are two front ends to it. */
export interface App {
  /** Current path of the library. */
  readonly libraryFile: string
  /** Why the library is read-only; null if it is writable. */
  readonly readOnly: string | null
  /** Built-in presets, then the user's own. */
  presets(): Promise<Preset[]>
  /** A spec or a sweep as text, with the samples that it refers to. */
  documentText(document: unknown): Promise<string>
  /** Save one of the user's own presets. @throws BadInput if the title or the spec is invalid */
  savePreset(draft: PresetDraft): Promise<Preset>
  /** Delete one of the user's own presets. */
  deletePreset(presetId: string): Promise<void>
  /** Read a document from outside in another thread, so that none is slow or large enough to stop this one. @throws BadInput; file system errors */
  readDocument: ReadDocument
  /**
   * Validate a document from outside and complete it to a spec, with any imported signal embedded.
   * @param source what was read, as the user named it
   * @param access folder of the document, below which signal files are read, or which files it may name
   * @throws BadInput
   */
  prepare(document: unknown, source: string, access: string | FileAccess): Promise<Spec>
  /** Save a run in the queue. It starts when a worker is free. @returns its id. @throws BadInput if the library has no space for it */
  start(spec: Spec): Promise<string>
  /** Queue a run again, to continue from its last checkpoint. */
  resume(runId: string): Promise<void>
  /** Queue a new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Estimated duration of a run on this machine; null if unknown. May train a few sequences to find out. @throws BadInput */
  estimate(spec: Spec): Promise<TimeEstimate | null>
  readonly sweeps: SweepService
  /** Tests groups of runs against one of them, in another thread. */
  testGroups(groups: GroupsToTest): Promise<GroupResult[]>
  /** Continue a saved sweep with the same document and engine, or else start a new one. @returns its id. @throws BadInput */
  startOrResumeSweep(document: unknown): Promise<string>
  readonly studies: StudyService
  readonly queue: QueueService
  /** Take ownership of queued runs without an owner, enter the next round of sweeps that wait for it, and run all. @returns their ids */
  adoptQueue(): Promise<string[]>
  /** Stop or pause a run. Both resolve once the run has ended, and do nothing if it already has. */
  stop(runId: string): Promise<void>
  pause(runId: string): Promise<void>
  /** Wait until the run ends, for whatever reason. */
  finished(runId: string): Promise<RunSummary>
  /** Runs from every shelf, newest first. */
  list(): Promise<RunSummary[]>
  /** One page of the list, or of the runs of a sweep, after a place in it; null stands for its start. */
  page(after: RunPlace | null, sweepId?: string | null): Promise<RunSummary[]>
  /** Runs by their ids, in the same order, without those that the library does not have. */
  summaries(runIds: readonly string[]): Promise<RunSummary[]>
  readonly queries: QueryService
  /** Change names, tags, notes and stars of runs, all or none. Specs stay as they are. */
  annotate(runIds: readonly string[], change: AnnotationChange): Promise<void>
  /** A run as the library keeps it. If its spec cannot be read, it has the reason in its summary, and the spec as a text. */
  get(runId: string): Promise<StoredRun>
  /** A run without its epochs, of which there may be very many. */
  overview(runId: string): Promise<StoredOverview>
  /** All epochs of a run in order, some at a time. */
  epochs(runId: string): AsyncGenerator<EpochMetrics[]>
  /** A run with all its epochs as JSON text, in pieces. */
  runAsJson(runId: string, how: { samples: boolean }): AsyncIterable<string>
  /**
   * Judge the outcomes of finished runs that have none, as earlier versions left them, and find runs that cannot be read, so that a list
   * says why.
   */
  judgeOutcomes(): Promise<void>
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** One synapse in snapshots of a run. Damaged arrays are left out. */
  synapseHistory(runId: string, epochs: readonly number[], synapse: Synapse): Promise<SynapseState[]>
  /** Distribution of a quantity in snapshots of a run. */
  snapshotHistograms(runId: string, epochs: readonly number[], counted: Counted): Promise<SnapshotHistogram[]>
  /** Progress and newest frame of each running run. */
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Number of this process's runs that are running and that are queued. */
  activity(): { running: number; queued: number }
  /** Choose the synapse that the frames of a running run show. */
  observe(runId: string, synapse: WatchedSynapse): void
  shelve(runIds: string[], shelf: Shelf): Promise<void>
  /** Permanently delete runs that are in the trash. */
  deleteRuns(runIds: string[]): Promise<void>
  /** Signal files, before they are used. */
  readonly signals: SignalService
  /** Estimated size of an export of runs in each format, bytes, from what the library knows without reading arrays. */
  exportSizes(runIds: readonly string[]): Promise<ExportSizes>
  /** Free space for a folder, which may be missing, bytes; null if the system does not report it. */
  freeSpace(folder: string): Promise<number | null>
  /** Export runs into `dir`, in a thread of its own. @returns the paths of the files. Nothing is left if it fails or is cancelled */
  exportRuns(runIds: string[], format: ExportFormat, dir: string): Promise<string[]>
  /** Write an archive of runs that are dragged out of the window. @returns its path until the end, or why they cannot be dragged */
  archiveToDrag(runIds: readonly string[]): Promise<{ file: string } | { problem: string }>
  /** Compute runs again in a temporary library, after all queued runs, and compare their digests. Rejects with `cancelled` if it was cancelled */
  verifyRuns(runIds: readonly string[]): Promise<Verification[]>
  /** Take the mark from imported runs that were computed again with the same results. @returns whether there were any */
  noteVerified(runIds: readonly string[]): Promise<boolean>
  /**
   * A table of finished runs, one row for each combination of the parameters in `by`, and its notes. Also writes it to `file`, if given.
   * @throws BadInput for an unknown parameter, or if no run has finished
   */
  table(
    runIds: readonly string[], how: { by: readonly string[]; format: TableFormat }, file: string | null,
  ): Promise<{ text: string; notes: string[] }>
  /**
   * Write the tournament of a sweep below `dir`: report, tables and figure.
   * @param by how to compare the arms; null uses the sweep's own settings
   * @returns the paths of the files
   */
  exportSweep(sweepId: string, by: ComparisonSpec | null, dir: string): Promise<string[]>
  /** Import the runs of an archive, an RO-Crate or another library. */
  importRuns(file: string): Promise<Imported>
  /** What an import of the file would do with each run. Changes nothing. */
  previewImport(file: string): Promise<PreviewedRun[]>
  /** Draw the loss of a run and its saved outputs with their targets into an SVG, PDF or PNG file. @throws BadInput or FileError */
  figure(runId: string, file: string, how?: Pick<FigureOptions, 'dpi' | 'outlines'>): Promise<void>
  figures: FigureService
  views: ViewService
  /** A page as the content of a file. */
  picture(page: Scene, format: PictureFormat, title: string): Promise<Uint8Array<ArrayBuffer>>
  usage(): Promise<Usage>
  settings(): Promise<LibrarySettings>
  configure(settings: Partial<LibrarySettings>): Promise<LibrarySettings>
  /** Check the whole library. With `repair`, fix the damage that can be fixed without losing data. */
  check(repair: boolean): Promise<CheckReport>
  /** Backups, newest first. */
  backups(): Backup[]
  backUp(): Promise<Backup>
  backUpIfDue(): Promise<Backup | null>
  /** Replace the library with a backup. @returns the path of the previous library */
  restore(file: string): Promise<string>
  /** Move the library and its backups to a folder and remember the place. @returns the new path */
  move(folder: string): Promise<string>
  /** Return the space of deleted data to the disk. @returns the freed bytes */
  compact(): Promise<number>
  /** Cancel a check, a backup or a compaction, whose finished parts stay, and exports and verifications. */
  cancel(): Promise<void>
  /** Versions, machine, settings, library and the end of the log as Markdown, without personal paths. @param program its settings by name */
  diagnostics(program: Readonly<Record<string, unknown>>): Promise<string>
  readonly events: AppEvents
  /** Cancel all work: end running runs with a checkpoint, leave queued ones in the queue, start no others, and cancel library tasks. */
  interrupt(as: 'interrupted' | 'stopped'): Promise<void>
  /** Interrupt running runs with a checkpoint, leave queued ones in the queue, and close the library. */
  close(): Promise<void>
}

/** Create the application. @throws LibraryError if the library cannot be opened */
export async function createApp(options: AppOptions): Promise<App> {
  const { resourcesDir, workers, slots, nativeBinding, retryMs, log = noLog } = options
  const { emit, ...events } = createEventHub()
  const kernels = lazyKernels(options.kernels)
  const timed = logSlowCalls(log)
  const library = await openLogged(log, {
    file: options.libraryFile,
    worker: workers.library,
    nativeBinding,
    // A window shows the library at once. A command may need no second thread, which would take longer to start than most commands last.
    readerAtOnce: options.resident,
    onWork: (work) => emit('library.work', work),
    onRestart: (error) => emit('library.notice', restartNotice(error)),
    onAnswer: (op, ms) => timed(`Library operation ${op}`, ms),
  })
  const endLog = logApp(log, events)
  await library.interruptUnfinished()
  const environment = collectEnvironment({ ...options, sqlite: sqliteVersion(nativeBinding) })
  const reportUnlessClosed = (error: Error & { code?: string }) => {
    if (error.code !== 'closed') emit('library.notice', { level: 'error', message: `Could not continue a sweep: ${error.message}` })
  }
  const { workers: wanted, held } = await library.settings()
  const estimates = new Estimates({ library, environment, worker: workers.engine, kernels })
  const runs = createRuns({
    library, worker: workers.engine, kernels, environment, slots, emit, retryMs, estimates,
    // The hold applies to the window only. On the command line, the user waits for the run.
    held: options.resident === true && held,
    onRunsEnded: (sweepIds) => {
      for (const sweepId of sweepIds) if (sweepId !== null) sweeps.advance(sweepId).catch(reportUnlessClosed)
    },
  })
  if (slots === undefined) runs.setWorkers(wanted || null)
  const sweeps = createSweeps({ library, emit, runs })
  const threads = signalThreads(workers.signal)
  const documents = documentThreads(workers.document, options.resourcesDir)
  const readSignal = (file: string, task: SignalSpec) => threads.run('read', { file, task })
  const prepare = (document: unknown, source: string, access: string | FileAccess) =>
    prepareSpec(document, { source, access, resourcesDir, read: readSignal })
  const sweepService = createSweepService({
    library, sweeps, estimates, workers: () => runs.workers, compare: comparisonWorker(workers.comparison),
    prepare: (document, access, onReading) => prepareSpec(document, { source: 'The sweep', access, resourcesDir, onReading, read: readSignal }),
  })
  const presets = async () => [...await readPresets(resourcesDir), ...await ownPresets(library)]
  const resuming = { library, runs, sweeps: sweepService, engineDigest: options.engineDigest }
  const studies = createStudyService({
    library, presets,
    source: { sweeps: sweepService, overview: library.overview, array: library.array },
    sweeps: sweepService,
    shippedDir: path.join(resourcesDir, 'studies'),
    startOrResume: (document) => startOrResumeSweep(resuming, document),
    saved: (document) => savedSweepOf(resuming, document),
    onNotice: (level, message) => emit('library.notice', { level, message }),
    applicationVersion: options.applicationVersion,
    read: documents.read,
  })
  const maintenance = createMaintenance({
    library,
    runs,
    files: new FileWorkers(workers.file, nativeBinding),
    onWork: (work) => emit('library.work', work),
    onReplaced: () => {
      emit('library.changed', {})
      // A restored backup may hold runs of an earlier version.
      if (options.resident) void judgeOutcomes().catch(() => {})
    },
    onMoved: noteMove,
  })
  const exports = createExports({
    source: {
      overview: library.complete, epochs: library.epochs, array: library.array,
      armsOf: (sweepId) => armsOfSweep(library, sweepId),
    },
    worker: workers.export,
    application: options.applicationVersion,
    onWork: (work) => emit('library.work', work),
  })
  const exportSizes = async (runIds: readonly string[]) => exportSizesOf(await library.exportSums([...runIds]))
  const exportRuns = async (runIds: string[], format: ExportFormat, dir: string, signal?: AbortSignal) => {
    await judgeOutcomes()
    return exports.run(runIds, format, dir, signal)
  }
  const dragged = createDraggedArchives({
    sizeOf: async (runIds) => (await exportSizes(runIds)).archive,
    write: (runIds, dir, signal) => exportRuns(runIds, 'archive', dir, signal),
  })
  const verifier = createRunVerifier({
    library, runs,
    open: (libraryFile) => createApp({ ...options, libraryFile, slots: runs.workers, resident: false, log: noLog }),
    onWork: (work) => emit('library.work', work),
    onNotice: (notice) => emit('library.notice', notice),
    onVerified: () => emit('library.changed', {}),
  })
  const imports = createImports({ library, worker: workers.import, nativeBinding, onWork: (work) => emit('library.work', work) })
  const pictures = { fontDir: path.join(resourcesDir, 'font'), creator: `Chalcogen ${options.applicationVersion}` }
  const judgeOutcomes = outcomeJudge({ library, emit })
  const queries = createQueryService(library, presets)
  const endBackgroundTasks = options.resident
    ? startBackgroundTasks({ library, runs, sweeps, maintenance, judgeOutcomes, indexQueries: queries.index, emit })
    : () => {}
  return {
    get libraryFile() { return library.file },
    get readOnly() { return library.readOnly },
    presets,
    documentText: (document) => documentText(library, document),
    savePreset: async (draft) => saveOwnPreset(library, await readPresets(resourcesDir), draft),
    deletePreset: (presetId) => library.deletePreset(presetId),
    readDocument: documents.read,
    prepare,
    start: runs.start,
    resume: runs.resume,
    retry: runs.retry,
    estimate: async (spec) => estimates.whole([{ spec, sequences: sequencesOf(spec) }], 1, true),
    sweeps: sweepService,
    testGroups: (groups) => testInWorker(workers.comparison, groups),
    startOrResumeSweep: (document) => startOrResumeSweep(resuming, document),
    studies,
    queue: createQueueService({ library, runs, sweeps }),
    async adoptQueue() {
      await runs.adopt()
      await sweeps.advanceAll()
      return runs.active
    },
    stop: runs.stop,
    pause: runs.pause,
    finished: runs.finished,
    live: runs.live,
    activity: runs.activity,
    observe: runs.observe,
    list: () => library.list(),
    page: (after, sweepId = null) => library.page(after, RUNS_PER_PAGE, sweepId),
    summaries: (runIds) => library.summaries(runIds),
    queries,
    async annotate(runIds, change) {
      await library.annotate([...runIds], change)
      emit('library.changed', {})
    },
    get: (runId) => library.get(runId),
    overview: (runId) => library.overview(runId),
    epochs: (runId) => library.epochs(runId),
    runAsJson: (runId, { samples }) =>
      (samples ? runToJson({ ...library, overview: library.complete }, runId) : runToJson(library, runId, 0, withoutSamples)),
    judgeOutcomes,
    array: (runId, epoch, kind, name) => library.array(runId, epoch, kind, name),
    synapseHistory: (runId, epochs, synapse) => synapseHistory(library, runId, epochs, synapse),
    snapshotHistograms: (runId, epochs, counted) => snapshotHistograms(library, runId, epochs, counted),
    async shelve(runIds, shelf) {
      await library.shelve(runIds, shelf)
      emit('library.changed', {})
    },
    async deleteRuns(runIds) {
      await library.deleteRuns(runIds)
      emit('run.removed', { runIds })
    },
    exportSizes,
    freeSpace,
    exportRuns,
    archiveToDrag: dragged.of,
    verifyRuns: verifier.verify,
    noteVerified: (runIds) => noteVerified(library, runIds),
    async table(runIds, { by, format }, file) {
      const runs: StoredOverview[] = []
      for (const runId of new Set(runIds)) runs.push(await library.overview(runId))
      const table = groupedTable(runs, by)
      const text = tableText(table, format)
      if (file !== null) await writeWithFolder(file, text)
      return { text, notes: table.notes }
    },
    async exportSweep(sweepId, by, dir) {
      const source = { sweeps: sweepService, overview: library.overview, array: library.array }
      return writeReport(await sweepReport(source, sweepId, by, options.applicationVersion), dir)
    },
    async importRuns(file) {
      try {
        return await imports.run(file)
      } finally {
        emit('library.changed', {})
      }
    },
    previewImport: imports.preview,
    signals: createSignalService(threads, library, resourcesDir),
    figure: (runId, file, how) => drawRun(library, runId, file, { ...pictures, ...how }),
    figures: figureService({
      library, source: { get: library.get, array: library.array, sweeps: sweepService }, pictures,
      scriptFile: path.join(resourcesDir, 'figure', 'replot.py'), read: documents.read,
    }),
    views: viewService(library),
    picture: async (page, format, title) => new Uint8Array(await bytesOfFigure(page, format, { ...pictures, title, source: '' })),
    usage: () => library.usage(),
    settings: () => library.settings(),
    configure: (settings) => library.configure(settings),
    check: maintenance.check,
    backups: maintenance.backups,
    backUp: maintenance.backUp,
    backUpIfDue: () => maintenance.backUpIfDue(),
    restore: maintenance.restore,
    move: maintenance.move,
    compact: maintenance.compact,
    async cancel() {
      imports.cancel()
      await Promise.all([maintenance.cancel(), exports.cancel(), verifier.cancel()])
    },
    async diagnostics(program) {
      const { file, readOnly } = library
      const [settings, usage] = await Promise.all([library.settings(), library.usage()])
      return diagnosticsText({ environment, program, library: { file, readOnly, settings, usage }, log, redact: redactor() })
    },
    events,
    async interrupt(as) {
      imports.cancel()
      await Promise.allSettled([runs.close(as), maintenance.cancel(), exports.cancel(), verifier.cancel()])
    },
    async close() {
      endBackgroundTasks()
      await Promise.all([exports.cancel(), verifier.cancel()])
      await dragged.close()
      await Promise.all([threads.close(), documents.close()])
      await runs.close()
      await library.close()
      endLog()
    },
  }
}

/** Open the library and write a line that it was opened or refused. @throws LibraryError */
async function openLogged(log: Log, options: LibraryOptions): Promise<Library> {
  try {
    const library = await openLibrary(options)
    log.write('info', `Library opened${library.readOnly === null ? '' : ', read-only'}: ${library.file}`)
    return library
  } catch (error) {
    log.write('error', `Library refused: ${errorLine(error)}`)
    throw error
  }
}

function restartNotice(error: LibraryError | null): { level: 'warning' | 'error'; message: string } {
  return error === null
    ? { level: 'warning', message: 'The library worker ended unexpectedly and was restarted. No saved data is lost.' }
    : { level: 'error', message: `The library worker ended and cannot be restarted: ${error.message} Saved data is in the file. Restart the application.` }
}
