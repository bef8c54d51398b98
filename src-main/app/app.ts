import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Preset } from '../contract/contract.ts'
import type { LiveFrame, Progress, RunDetail, RunSummary } from '../contract/run.ts'
import { openLibrary, type ReadArray } from '../library/library.ts'
import { sqliteVersion } from '../library/sqlite-version.ts'
import { createRuns } from '../runs/runs.ts'
import { exportRuns } from '../transfer/export.ts'
import { drawRun } from './draw-run.ts'
import { collectEnvironment } from './environment.ts'
import { type AppEvents, createEventHub } from './events.ts'
import { compileKernels } from './kernels.ts'
import { prepareSpec } from './prepare.ts'
import { readPresets } from './presets.ts'
import { type ColumnInfo, signalColumns } from './signal-columns.ts'

export type { RunDetail, RunSummary }

/** What only the entry point knows: where files lie, in a clone or in a package. */
export interface AppOptions {
  libraryFile: string
  resourcesDir: string
  workers: { library: string | URL; engine: string | URL }
  /** Where the engine's compiled kernels lie. */
  kernels: string
  /** SHA-256 of the engine's sources, hex. */
  engineDigest: string
  applicationVersion: string
  /** Only for hosts below Node-API 10. */
  nativeBinding?: string
  /** Runs at the same time; by default as many as there are cores. */
  slots?: number
}

/** Everything the product can do; the desktop and the command line are two doors to it. */
export interface App {
  presets(): Promise<Preset[]>
  /**
   * A document from outside to a complete spec, an imported signal embedded.
   * @param source what was read, as the user named it
   * @param baseDir where a relative signal file starts
   * @throws BadInput
   */
  prepare(document: unknown, source: string, baseDir: string): Promise<Spec>
  /** Keeps the run as queued and answers its id; it runs as soon as a worker is free. */
  start(spec: Spec): Promise<string>
  /** Returns once the run has ended; no effect on a run that already has. */
  stop(runId: string): Promise<void>
  /** Waits for the run's end, however it ends. */
  finished(runId: string): Promise<RunSummary>
  /** Newest first. */
  list(): Promise<RunSummary[]>
  get(runId: string): Promise<RunDetail>
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** What runs now. */
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** The columns of a CSV or NPY file that a task could follow. @throws BadInput */
  signalColumns(file: string): Promise<ColumnInfo[]>
  /** Writes the runs into `dir` and answers the paths of the files. */
  exportRuns(runIds: string[], format: 'csv' | 'json', dir: string): Promise<string[]>
  /** The run's loss, and its outputs against their targets where they were kept, as SVG. */
  figure(runId: string): Promise<string>
  readonly events: AppEvents
  /** Interrupts what runs and closes the library. */
  close(): Promise<void>
}

/** The one composition. @throws LibraryError where the library cannot be opened. */
export async function createApp(options: AppOptions): Promise<App> {
  const { resourcesDir, workers, slots, nativeBinding } = options
  const kernels = await compileKernels(options.kernels)
  const library = await openLibrary({ file: options.libraryFile, worker: workers.library, nativeBinding })
  await library.interruptUnfinished()
  const events = createEventHub()
  const runs = createRuns({
    library,
    worker: workers.engine,
    kernels,
    environment: collectEnvironment({ ...options, sqlite: sqliteVersion(nativeBinding) }),
    slots,
    emit: events.emit,
  })
  return {
    presets: () => readPresets(resourcesDir),
    prepare: (document, source, baseDir) => prepareSpec(document, { source, baseDir, resourcesDir }),
    start: runs.start,
    stop: runs.stop,
    finished: runs.finished,
    live: runs.live,
    list: () => library.list(),
    get: (runId) => library.get(runId),
    array: (runId, epoch, kind, name) => library.array(runId, epoch, kind, name),
    exportRuns: (runIds, format, dir) => exportRuns(library, runIds, format, dir),
    signalColumns,
    figure: (runId) => drawRun(library, runId),
    events,
    async close() {
      await runs.close()
      await library.close()
    },
  }
}
