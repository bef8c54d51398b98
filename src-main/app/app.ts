import { homedir } from 'node:os'
import { sequencesOf } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { ComparisonSpec } from '../../src-engine/spec/sweep.ts'
import type { Preset } from '../contract/contract.ts'
import type { Backup, CheckReport, LibrarySettings, Usage } from '../contract/library.ts'
import type { LiveFrame, Progress, RunDetail, RunSummary, Shelf, WatchedSynapse } from '../contract/run.ts'
import type { SweepPlan, SweepRecord, TimeEstimate } from '../contract/sweep.ts'
import { FileWorkers } from '../library/file-work.ts'
import { type Imported, type LibraryError, openLibrary, type ReadArray } from '../library/library.ts'
import { sqliteVersion } from '../library/sqlite-version.ts'
import { Estimates } from '../runs/estimates.ts'
import { createRuns } from '../runs/runs.ts'
import { createSweeps } from '../runs/sweeps.ts'
import { type ExportFormat, exportRuns } from '../transfer/export.ts'
import { createMaintenance } from './maintenance.ts'
import { drawRun } from './draw-run.ts'
import { collectEnvironment } from './environment.ts'
import { type AppEvents, createEventHub } from './events.ts'
import { importRuns } from './import-runs.ts'
import { compileKernels } from './kernels.ts'
import { rememberMove } from './location.ts'
import { prepareSpec } from './prepare.ts'
import { ownPresets, type PresetDraft, saveOwnPreset } from './own-presets.ts'
import { readPresets } from './presets.ts'
import { startBackgroundTasks } from './background-tasks.ts'
import { createQueueService, type QueueService } from './queue.ts'
import { createSweepService, type SweepService } from './sweeps.ts'
import { type ColumnInfo, signalColumns } from './signal-columns.ts'
import { takeUpSweep } from './take-up-sweep.ts'

export type { Backup, CheckReport, Imported, LibrarySettings, RunDetail, RunSummary, Shelf, SweepPlan, SweepRecord, Usage }

/** What only the entry point knows: where files lie, in a clone or in a package. */
export interface AppOptions {
  libraryFile: string
  resourcesDir: string
  workers: { library: string | URL; engine: string | URL; file: string | URL }
  /** Where the engine's compiled kernels lie. */
  kernels: string
  /** SHA-256 of the engine's sources, hex. */
  engineDigest: string
  applicationVersion: string
  /** Only for hosts below Node-API 10. */
  nativeBinding?: string
  /** Runs at the same time; by default as many as there are cores. */
  slots?: number
  /**
   * For as long as it is open: takes up the queue that was left, makes backups when they are due, and sees what other programs write.
   */
  resident?: boolean
  /** Milliseconds between two attempts to write where there is no room. */
  retryMs?: number
}

/** Everything the product can do; the desktop and the command line are two doors to it. */
export interface App {
  /** Where the library lies now. */
  readonly libraryFile: string
  /** Why it may only be read; null where it may be written. */
  readonly readOnly: string | null
  /** Those that are shipped, then the user's own. */
  presets(): Promise<Preset[]>
  /** @throws BadInput where the title or the spec cannot be kept */
  savePreset(draft: PresetDraft): Promise<Preset>
  /** One of the user's own. */
  deletePreset(presetId: string): Promise<void>
  /**
   * A document from outside to a complete spec, an imported signal embedded.
   * @param source what was read, as the user named it
   * @param baseDir where a relative signal file starts
   * @throws BadInput
   */
  prepare(document: unknown, source: string, baseDir: string): Promise<Spec>
  /** Keeps the run as queued and answers its id; it runs as soon as a worker is free. @throws BadInput where there is no room for it */
  start(spec: Spec): Promise<string>
  /** Puts a run that has come to rest back into the queue, to go on from its last checkpoint. */
  resume(runId: string): Promise<void>
  /** A new run of the same spec; answers its id. */
  retry(runId: string): Promise<string>
  /** How long the run takes on this machine; null where that is not known. May run a few sequences of it. @throws BadInput */
  estimate(spec: Spec): Promise<TimeEstimate | null>
  readonly sweeps: SweepService
  /** A sweep that is kept of the same document and engine goes on; else it is launched. Answers its id. @throws BadInput */
  takeUpSweep(document: unknown): Promise<string>
  readonly queue: QueueService
  /** Takes up queued runs that no program works on; answers their ids. */
  takeUpQueue(): Promise<string[]>
  /** Both return once the run has come to rest; no effect on a run that already has. */
  stop(runId: string): Promise<void>
  pause(runId: string): Promise<void>
  /** Waits until the run comes to rest, however it does. */
  finished(runId: string): Promise<RunSummary>
  /** Newest first, from every shelf. */
  list(): Promise<RunSummary[]>
  get(runId: string): Promise<RunDetail>
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** What runs now. */
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Which synapse the frames of a running run show. */
  observe(runId: string, synapse: WatchedSynapse): void
  shelve(runIds: string[], shelf: Shelf): Promise<void>
  /** For good; only what is in the trash. */
  deleteRuns(runIds: string[]): Promise<void>
  /** The columns of a CSV or NPY file that a task could follow. @throws BadInput */
  signalColumns(file: string): Promise<ColumnInfo[]>
  /** Writes the runs into `dir` and answers the paths of the files. */
  exportRuns(runIds: string[], format: ExportFormat, dir: string): Promise<string[]>
  /**
   * Writes the tournament of a sweep below `dir`: report, tables and figure; answers the paths of the files.
   * @param by how its arms are compared; null for what the sweep itself says
   */
  exportSweep(sweepId: string, by: ComparisonSpec | null, dir: string): Promise<string[]>
  /** The runs of an archive, or of another library. */
  importRuns(file: string): Promise<Imported>
  /** The run's loss, and its outputs against their targets where they were kept, as SVG. */
  figure(runId: string): Promise<string>
  usage(): Promise<Usage>
  settings(): Promise<LibrarySettings>
  configure(settings: Partial<LibrarySettings>): Promise<LibrarySettings>
  /** Compares everything with what was written, and mends what can be mended without losing anything. */
  check(repair: boolean): Promise<CheckReport>
  /** Newest first. */
  backups(): Backup[]
  backUp(): Promise<Backup>
  backUpIfDue(): Promise<Backup | null>
  /** Puts a backup in the library's place; answers where the library as it was is kept. */
  restore(file: string): Promise<string>
  /** Moves the library and its backups into a folder, and remembers it; answers its new place. */
  move(folder: string): Promise<string>
  /** Gives the room of what was deleted back; answers the bytes. */
  compact(): Promise<number>
  /** Ends a check, a backup or a compaction; what it did so far stays. */
  cancel(): Promise<void>
  readonly events: AppEvents
  /** Interrupts what runs, with a checkpoint, leaves what waits in the queue, and closes the library. */
  close(): Promise<void>
}

/** The one composition. @throws LibraryError where the library cannot be opened. */
export async function createApp(options: AppOptions): Promise<App> {
  const { resourcesDir, workers, slots, nativeBinding, retryMs } = options
  const { emit, ...events } = createEventHub()
  const kernels = await compileKernels(options.kernels)
  const library = await openLibrary({
    file: options.libraryFile,
    worker: workers.library,
    nativeBinding,
    onWork: (work) => emit('library.work', work),
    onRestart: (error) => emit('library.notice', restartNotice(error)),
  })
  await library.interruptUnfinished()
  const environment = collectEnvironment({ ...options, sqlite: sqliteVersion(nativeBinding) })
  const tellUnlessClosed = (error: Error & { code?: string }) => {
    if (error.code !== 'closed') emit('library.notice', { level: 'error', message: `A sweep could not go on: ${error.message}` })
  }
  const { workers: wanted, held } = await library.settings()
  const estimates = new Estimates({ library, environment, worker: workers.engine, kernels })
  const runs = createRuns({
    library, worker: workers.engine, kernels, environment, slots, emit, retryMs, estimates,
    // A held queue is the window's: whoever asks for a run on the command line waits for it.
    held: options.resident === true && held,
    rested: (sweepIds) => {
      for (const sweepId of sweepIds) if (sweepId !== null) sweeps.advance(sweepId).catch(tellUnlessClosed)
    },
  })
  if (slots === undefined) runs.setWorkers(wanted || null)
  const sweeps = createSweeps({ library, emit, runs })
  const prepare = (document: unknown, source: string, baseDir: string) => prepareSpec(document, { source, baseDir, resourcesDir })
  const sweepService = createSweepService({
    library, sweeps, estimates, workers: () => runs.workers, prepare: (document) => prepare(document, 'The sweep', homedir()),
  })
  const maintenance = createMaintenance({
    library,
    runs,
    files: new FileWorkers(workers.file, nativeBinding),
    onWork: (work) => emit('library.work', work),
    onReplaced: () => emit('library.changed', {}),
  })
  const endBackgroundTasks = options.resident ? startBackgroundTasks({ library, runs, sweeps, maintenance, emit }) : () => {}
  return {
    get libraryFile() { return library.file },
    get readOnly() { return library.readOnly },
    presets: async () => [...await readPresets(resourcesDir), ...await ownPresets(library)],
    savePreset: async (draft) => saveOwnPreset(library, await readPresets(resourcesDir), draft),
    deletePreset: (presetId) => library.deletePreset(presetId),
    prepare,
    start: runs.start,
    resume: runs.resume,
    retry: runs.retry,
    estimate: async (spec) => estimates.whole([{ spec, sequences: sequencesOf(spec) }], 1, true),
    sweeps: sweepService,
    takeUpSweep: (document) => takeUpSweep({ library, runs, sweeps: sweepService, engineDigest: options.engineDigest }, document),
    queue: createQueueService({ library, runs, sweeps }),
    takeUpQueue: runs.adopt,
    stop: runs.stop,
    pause: runs.pause,
    finished: runs.finished,
    live: runs.live,
    observe: runs.observe,
    list: () => library.list(),
    get: (runId) => library.get(runId),
    array: (runId, epoch, kind, name) => library.array(runId, epoch, kind, name),
    async shelve(runIds, shelf) {
      await library.shelve(runIds, shelf)
      emit('library.changed', {})
    },
    async deleteRuns(runIds) {
      await library.deleteRuns(runIds)
      emit('run.removed', { runIds })
    },
    exportRuns: (runIds, format, dir) => exportRuns(library, runIds, format, dir),
    async exportSweep(sweepId, by, dir) {
      const { sweepReport, writeReport } = await import('./sweep-report.ts')
      const kept = { sweeps: sweepService, get: library.get, array: library.array }
      return writeReport(await sweepReport(kept, sweepId, by, options.applicationVersion), dir)
    },
    async importRuns(file) {
      try {
        return await importRuns(library, file, (work) => emit('library.work', work))
      } finally {
        emit('library.changed', {})
      }
    },
    signalColumns,
    figure: (runId) => drawRun(library, runId),
    usage: () => library.usage(),
    settings: () => library.settings(),
    configure: (settings) => library.configure(settings),
    check: maintenance.check,
    backups: maintenance.backups,
    backUp: maintenance.backUp,
    backUpIfDue: () => maintenance.backUpIfDue(),
    restore: maintenance.restore,
    async move(folder) {
      const from = library.file
      const to = await maintenance.move(folder)
      await rememberMove(from, to)
      return to
    },
    compact: maintenance.compact,
    cancel: maintenance.cancel,
    events,
    async close() {
      endBackgroundTasks()
      await runs.close()
      await library.close()
    },
  }
}

function restartNotice(error: LibraryError | null): { level: 'warning' | 'error'; message: string } {
  return error === null
    ? { level: 'warning', message: 'The library\'s worker ended and was started again; nothing that was kept is lost.' }
    : { level: 'error', message: `The library's worker ended and cannot be started again: ${error.message} What was kept is in the file; start the application anew.` }
}
