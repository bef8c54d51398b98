import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Preset } from '../contract/contract.ts'
import type { ArrayInfo, LiveFrame, Progress, RunDetail, RunSummary } from '../contract/run.ts'
import { openLibrary } from '../library/library.ts'
import { createRuns } from '../runs/runs.ts'
import { exportRuns } from '../transfer/export.ts'
import { collectEnvironment } from './environment.ts'
import { type AppEvents, createEventHub } from './events.ts'
import { prepareSpec } from './prepare.ts'
import { readPresets } from './presets.ts'
import { sqliteVersion } from './sqlite-version.ts'

/** What only the entry point knows: where files lie, in a clone or in a package. */
export interface AppOptions {
  libraryFile: string
  resourcesDir: string
  workers: { library: string | URL; engine: string | URL }
  /** SHA-256 of the engine's sources, hex. */
  engineDigest: string
  applicationVersion: string
  /** Only for hosts below Node-API 10. */
  nativeBinding?: string
  /** Runs at the same time; by default one less than there are cores. */
  slots?: number
}

export interface KeptArray {
  info: ArrayInfo
  data: Float32Array | Uint16Array | Uint32Array
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
  array(runId: string, epoch: number, kind: string, name: string): Promise<KeptArray>
  /** What runs now. */
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Writes one set of files per run into `dir` and answers their paths. */
  exportRuns(runIds: string[], format: 'csv' | 'json', dir: string): Promise<string[]>
  readonly events: AppEvents
  /** Interrupts what runs and closes the library. */
  close(): Promise<void>
}

/** The one composition. @throws LibraryError where the library cannot be opened. */
export async function createApp(options: AppOptions): Promise<App> {
  const { resourcesDir, workers, slots, nativeBinding } = options
  const library = await openLibrary({ file: options.libraryFile, worker: workers.library, nativeBinding })
  await library.interruptUnfinished()
  const events = createEventHub()
  const runs = createRuns({
    library,
    worker: workers.engine,
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
    events,
    async close() {
      await runs.close()
      await library.close()
    },
  }
}
