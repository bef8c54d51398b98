import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Backup, LibrarySettings, Usage } from '../contract/library.ts'
import type { Environment, EpochMetrics, RunDetail, RunSummary, Shelf } from '../contract/run.ts'
import type { Priority } from '../contract/sweep.ts'
import { Connector, type Listeners } from './connector.ts'
import { summaryOf } from './summary.ts'
import type {
  Checkpoint, EpochColumns, Fault, Imported, ImportedRun, KeptPreset, KeptSweep, NewPreset, NewRun, Outline, PackedArray,
  PackedPart, Queued, ReadArray, RunEnd, Timing, WorkerData,
} from './protocol.ts'

export { LibraryError, type LibraryErrorCode } from './error.ts'
export { newRunId, newRunIds } from './run-id.ts'
export { pack } from './codec.ts'
export type {
  Checkpoint, EpochColumns, Fault, Imported, ImportedRun, KeptPreset, KeptSweep, NewPreset, NewRun, Outline, PackedArray,
  PackedPart, Queued, ReadArray, RunEnd, Timing,
} from './protocol.ts'

/** All runs of one library file. Every call rejects with a `LibraryError`. */
export interface Library {
  /** Where it lies now. */
  readonly file: string
  /** Why it may only be read; null where it may be written. */
  readonly readOnly: string | null
  /** Keeps new runs with the status `queued`, as this process's, with the sweep that they are of: all or none. */
  createRuns(runs: NewRun[], sweep?: KeptSweep | null): Promise<void>
  /** Runs that have come to rest are queued again, as this process's, last or first of all; all or none. Rejects with `busy`. */
  requeue(runIds: string[], queuedAt: string, first?: boolean): Promise<void>
  /** Queued runs that no living process works on become this process's. Resolves to them in the order of the queue. */
  adoptQueued(): Promise<Queued[]>
  /** Queued runs in this order; those that are not named come behind them. */
  orderQueue(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Newest first. */
  sweeps(): Promise<KeptSweep[]>
  /** Rejects with `no-run` where there is none of that id. */
  sweep(sweepId: string): Promise<KeptSweep>
  /** Of the last runs that came to their end. */
  timings(most: number): Promise<Timing[]>
  /** Queued runs of this process are left to the next that opens the library. */
  release(runIds: string[]): Promise<void>
  /** The environment is kept where no epoch is done yet. */
  markRunning(runId: string, startedAt: string, environment: Environment): Promise<void>
  /** Epochs are counted from 1. Giving one again is no harm where it is the same, and `not-reproduced` where it is not. */
  appendEpochs(runId: string, epochs: EpochMetrics[]): Promise<void>
  /** All of them or none. Those of the epoch `supersedes` go in the same moment. */
  putArrays(runId: string, epoch: number, arrays: PackedArray[], supersedes?: number | null): Promise<void>
  /** The trainer's whole state after so many sequences, whole or not at all. */
  putCheckpoint(runId: string, sequences: number, parts: PackedPart[]): Promise<void>
  /** The newest that is whole; null where there is none. Rejects with `damaged` where there are some, but none is whole. */
  checkpoint(runId: string): Promise<Checkpoint | null>
  /** The run is nobody's after that; the checkpoints of a run that is done go. */
  finishRun(runId: string, end: RunEnd): Promise<void>
  /** As `finishRun` for many at once, all or none. */
  finishRuns(runIds: string[], end: RunEnd): Promise<void>
  /** All or none; rejects with `busy` where one is queued or running. */
  shelve(runIds: string[], shelf: Shelf): Promise<void>
  /** For good; all or none; rejects with `busy` where one is not in the trash. */
  deleteRuns(runIds: string[]): Promise<void>
  /** Resolves to false where a run of that id is here already. */
  importRun(run: ImportedRun): Promise<boolean>
  /** The runs of another library file, which is only read. Those before a damaged one are taken in. */
  importLibrary(file: string): Promise<Imported>
  /** Newest first. */
  list(): Promise<RunSummary[]>
  get(runId: string): Promise<RunDetail>
  /** Without epochs and arrays, in the order asked for. */
  outlines(runIds: string[]): Promise<Outline[]>
  /** Of many runs at once, in the order asked for; empty where no epoch is done. */
  epochColumns(runIds: string[]): Promise<EpochColumns[]>
  /** Rejects with code `damaged`, naming the array, where its SHA-256 is not that of what was written. */
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** Runs left running by a process that is gone become `interrupted`; resolves to how many. */
  interruptUnfinished(): Promise<number>
  /** Whether another program has written since the last call. */
  changedElsewhere(): Promise<boolean>
  settings(): Promise<LibrarySettings>
  configure(settings: Partial<LibrarySettings>): Promise<LibrarySettings>
  usage(): Promise<Usage>
  /** The user's own, in the order of their titles. */
  presets(): Promise<KeptPreset[]>
  /** Resolves to the new preset's id, or to null where another has that title. */
  savePreset(preset: NewPreset): Promise<string | null>
  deletePreset(presetId: string): Promise<void>
  /** What was done for each fault; null where nothing could be. */
  repair(faults: Fault[]): Promise<(string | null)[]>
  /** Into the folder of backups, of which the rule in backups.ts then keeps some. */
  backUp(reason: Backup['reason']): Promise<Backup>
  /** Resolves to the bytes given back to the disk. */
  compact(): Promise<number>
  /** Ends a backup, an import or a compaction, which rejects with `cancelled`. */
  cancel(): Promise<void>
  /**
   * Closes the file, lets `swap` put another in place and answer where the library is now, and opens that; what is asked meanwhile
   * waits. Rejects with `locked` where another program has it open.
   */
  replace(swap: (file: string) => Promise<string>): Promise<void>
  close(): Promise<void>
}

export interface LibraryOptions extends Partial<Listeners> {
  /** Created with its folder where missing. */
  file: string
  /** `library.worker.ts`, or where a bundle has put it. */
  worker: string | URL
  /** better-sqlite3's binary, where the one it ships does not fit the host. */
  nativeBinding?: string
}

/** Opens or creates a library file. A file that is not a library of this version or older is refused unchanged. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { file, worker, nativeBinding, onWork = () => {}, onRestart = () => {} } = options
  const start = (place: string) => {
    const workerData: WorkerData = { file: place, nativeBinding }
    return new Worker(worker, { workerData, name: 'library' })
  }
  const connector = new Connector(start, resolve(file), { onWork, onRestart })
  await connector.opened()
  return libraryOver(connector)
}

/** The library at the other end of a connector. */
export const libraryOver = (connector: Connector): Library => ({
  get file() { return connector.file },
  get readOnly() { return connector.readOnly },
  createRuns: (runs, sweep = null) => connector.ask({ op: 'createRuns', runs, sweep }),
  requeue: (runIds, queuedAt, first = false) => connector.ask({ op: 'requeue', runIds, queuedAt, first }),
  orderQueue: (runIds) => connector.ask({ op: 'orderQueue', runIds }),
  prioritise: (runIds, priority) => connector.ask({ op: 'prioritise', runIds, priority }),
  sweeps: () => connector.ask({ op: 'sweeps' }),
  sweep: (sweepId) => connector.ask({ op: 'sweep', sweepId }),
  timings: (most) => connector.ask({ op: 'timings', most }),
  adoptQueued: () => connector.ask({ op: 'adoptQueued' }),
  release: (runIds) => connector.ask({ op: 'release', runIds }),
  markRunning: (runId, startedAt, environment) => connector.ask({ op: 'markRunning', runId, startedAt, environment }),
  appendEpochs: (runId, epochs) => connector.ask({ op: 'appendEpochs', runId, epochs }),
  putArrays: (runId, epoch, arrays, supersedes = null) => connector.ask({ op: 'putArrays', runId, epoch, arrays, supersedes }),
  putCheckpoint: (runId, sequences, parts) => connector.ask({ op: 'putCheckpoint', runId, sequences, parts }),
  checkpoint: (runId) => connector.ask({ op: 'checkpoint', runId }),
  finishRun: (runId, end) => connector.ask({ op: 'finishRuns', runIds: [runId], end }),
  finishRuns: (runIds, end) => connector.ask({ op: 'finishRuns', runIds, end }),
  shelve: (runIds, shelf) => connector.ask({ op: 'shelve', runIds, shelf }),
  deleteRuns: (runIds) => connector.ask({ op: 'deleteRuns', runIds }),
  importRun: (run) => connector.ask({ op: 'importRun', run }),
  importLibrary: (file) => connector.ask({ op: 'importLibrary', file }),
  list: async () => (await connector.ask({ op: 'list' })).map(summaryOf),
  get: (runId) => connector.ask({ op: 'get', runId }),
  outlines: (runIds) => connector.ask({ op: 'outlines', runIds }),
  epochColumns: (runIds) => connector.ask({ op: 'epochColumns', runIds }),
  array: (runId, epoch, kind, name) => connector.ask({ op: 'array', runId, epoch, kind, name }),
  interruptUnfinished: () => connector.ask({ op: 'interruptUnfinished' }),
  changedElsewhere: () => connector.ask({ op: 'changedElsewhere' }),
  settings: () => connector.ask({ op: 'settings' }),
  configure: (settings) => connector.ask({ op: 'configure', settings }),
  usage: () => connector.ask({ op: 'usage' }),
  presets: () => connector.ask({ op: 'presets' }),
  savePreset: (preset) => connector.ask({ op: 'savePreset', preset }),
  deletePreset: (presetId) => connector.ask({ op: 'deletePreset', presetId }),
  repair: (faults) => connector.ask({ op: 'repair', faults }),
  backUp: (reason) => connector.ask({ op: 'backUp', reason }),
  compact: () => connector.ask({ op: 'compact' }),
  cancel: () => connector.ask({ op: 'cancel' }),
  replace: (swap) => connector.replace(swap),
  close: () => connector.close(),
})
