import { resolve } from 'node:path'
import type { Backup, LibrarySettings, Usage } from '../contract/library.ts'
import type { Environment, EpochMetrics, RunDetail, RunOverview, RunPlace, RunSummary, Shelf } from '../contract/run.ts'
import type { Priority } from '../contract/sweep.ts'
import { startThread } from '../threads/threads.ts'
import { Connector, type Listeners } from './connector.ts'
import { type SummaryRow, summaryOf } from './summary.ts'
import type {
  Checkpoint, EpochColumns, Fault, Imported, ImportedRun, Judged, StoredPreset, StoredSweep, NewPreset, NewRun, Outline,
  PackedArray, PackedPart, Queued, ReadArray, RoundEnd, RunEnd, Search, Timing, WorkerData,
} from './protocol.ts'

export { isDamage, leftOut, LibraryError, type LibraryErrorCode } from './error.ts'
export { newRunId, newRunIds } from './run-id.ts'
export { pack } from './codec.ts'
export type {
  Checkpoint, EpochColumns, Fault, Imported, ImportedRun, Judged, StoredPreset, StoredSweep, NewPreset, NewRun, Outline,
  PackedArray, PackedPart, Queued, ReadArray, RoundEnd, RunEnd, Search, Timing,
} from './protocol.ts'

/** The runs, sweeps, presets and settings of one library file. A call that fails rejects with a `LibraryError`. */
export interface Library {
  /** Current path. */
  readonly file: string
  /** Why the library is read-only; null if it can be written. */
  readonly readOnly: string | null
  /** Saves new runs and their sweep with the status `queued`, owned by this process; all or none. */
  createRuns(runs: NewRun[], sweep?: StoredSweep | null): Promise<void>
  /** Queues resumable runs again, owned by this process, at the end or the front; all or none. Rejects with `busy`. */
  requeue(runIds: string[], queuedAt: string, first?: boolean): Promise<void>
  /** Takes ownership of queued runs without a living owner. Resolves to them in the order of the queue. */
  adoptQueued(): Promise<Queued[]>
  /** Puts queued runs in this order. Runs that are not listed follow them. */
  orderQueue(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Newest first. */
  sweeps(): Promise<StoredSweep[]>
  /** Rejects with `no-run` if there is no such sweep. */
  sweep(sweepId: string): Promise<StoredSweep>
  /** Loss of each run of a sweep at an epoch: its mean over the 20 epochs until then. NaN if the run has none. */
  losses(sweepId: string, epoch: number): Promise<Map<string, number>>
  /**
   * Stops paused runs of a sweep, and queues others again, owned by this process, at the end of the queue; all or none. Resolves to false,
   * and changes nothing, if the runs of the sweep are not as they were seen, because a program has changed them since.
   */
  endRound(sweepId: string, end: RoundEnd): Promise<boolean>
  /** Times of the latest finished runs, at most `most`. */
  timings(most: number): Promise<Timing[]>
  /** Releases queued runs of this process to the next process that opens the library. */
  release(runIds: string[]): Promise<void>
  /** Sets the status to `running`. Saves the environment if no epoch is done yet. */
  markRunning(runId: string, startedAt: string, environment: Environment): Promise<void>
  /**
   * Saves epochs, counted from 1, and the computed time of the run so far, s. Saving an epoch again is allowed if it is equal; else
   * rejects with `not-reproduced`.
   */
  appendEpochs(runId: string, epochs: EpochMetrics[], secondsComputed?: number | null): Promise<void>
  /** Saves all arrays or none. Deletes the arrays of the epoch `supersedes` in the same transaction. */
  putArrays(runId: string, epoch: number, arrays: PackedArray[], supersedes?: number | null): Promise<void>
  /** Saves the complete trainer state after `sequences` sequences, all parts or none. */
  putCheckpoint(runId: string, sequences: number, parts: PackedPart[]): Promise<void>
  /** The newest intact checkpoint; null if there is no checkpoint. Rejects with `damaged` if all checkpoints are damaged. */
  checkpoint(runId: string): Promise<Checkpoint | null>
  /** Saves the end of a run and releases its ownership. Judges the outcome of a finished run and deletes its checkpoints. */
  finishRun(runId: string, end: RunEnd): Promise<void>
  /** Like `finishRun` for many runs, all or none. */
  finishRuns(runIds: string[], end: RunEnd): Promise<void>
  /** All or none; rejects with `busy` if one is queued or running. */
  shelve(runIds: string[], shelf: Shelf): Promise<void>
  /** Deletes runs permanently, all or none; rejects with `busy` if one is not in the trash. */
  deleteRuns(runIds: string[]): Promise<void>
  /** Resolves to false if the library already has a run with this id. */
  importRun(run: ImportedRun): Promise<boolean>
  /** Imports the runs of another library file, which is only read. Rejects with `damaged` after all others if one cannot be read. */
  importLibrary(file: string): Promise<Imported>
  /** All runs or those of one sweep, newest first. Read in pages, so that other requests and events are served in between. */
  list(sweepId?: string | null): Promise<RunSummary[]>
  /** At most `most` runs that follow a place in the list; null stands for its start. */
  page(after: RunPlace | null, most: number): Promise<RunSummary[]>
  get(runId: string): Promise<RunDetail>
  /** A run without its epochs. */
  overview(runId: string): Promise<RunOverview>
  /** All epochs of a run in order, some at a time. None if no epoch is done. */
  epochs(runId: string): AsyncGenerator<EpochMetrics[]>
  /** Runs without epochs and arrays, in the order of `runIds`. */
  outlines(runIds: string[]): Promise<Outline[]>
  /** Metrics of many runs, in the order of `runIds`. Columns are empty if no epoch is done. */
  epochColumns(runIds: string[]): Promise<EpochColumns[]>
  /** Judges finished runs that have no outcome, some at a time. Start with an empty text, then pass the last run of the answer. */
  judgeOutcomes(after: string): Promise<Judged>
  /** Finds runs that cannot be read, some at a time, so that `list` and `page` give the reasons. Repeat it until it is done. */
  findUnreadable(): Promise<Search>
  /** Rejects with `damaged` and names the array if its SHA-256 is wrong. */
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** Marks runs that dead processes left running as `interrupted`. Resolves to their number. */
  interruptUnfinished(): Promise<number>
  /** Whether another program has written since the last call. */
  changedElsewhere(): Promise<boolean>
  settings(): Promise<LibrarySettings>
  configure(settings: Partial<LibrarySettings>): Promise<LibrarySettings>
  usage(): Promise<Usage>
  /** The user's own presets, sorted by title. */
  presets(): Promise<StoredPreset[]>
  /** Resolves to the new preset's id, or to null if another preset has that title. */
  savePreset(preset: NewPreset): Promise<string | null>
  deletePreset(presetId: string): Promise<void>
  /** What was done for each fault; null if it could not be repaired. */
  repair(faults: Fault[]): Promise<(string | null)[]>
  /** Saves a backup in the backup folder, then deletes old backups by the rule in backups.ts. */
  backUp(reason: Backup['reason']): Promise<Backup>
  /** Resolves to the number of bytes returned to the disk. */
  compact(): Promise<number>
  /** Cancels a backup, an import or a compaction, which then rejects with `cancelled`. */
  cancel(): Promise<void>
  /**
   * Closes the file, calls `swap` to replace it, and opens the path that `swap` returns. Requests made meanwhile wait.
   * Rejects with `locked` if another program has the file open.
   */
  replace(swap: (file: string) => Promise<string>): Promise<void>
  close(): Promise<void>
}

export interface LibraryOptions extends Partial<Listeners> {
  /** Created with its folder if it does not exist. */
  file: string
  /** `library.worker.ts` or its bundled path. */
  worker: string | URL
  /** Path of better-sqlite3's binary, if the one it ships does not fit the host. */
  nativeBinding?: string
}

/** Opens or creates a library file. Refuses a file that is not a library of this version or older, without changing it. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { file, worker, nativeBinding, onWork = () => {}, onRestart = () => {} } = options
  const start = (place: string) => {
    const workerData: WorkerData = { file: place, nativeBinding }
    return startThread(worker, { workerData, name: 'library' })
  }
  const connector = new Connector(start, resolve(file), { onWork, onRestart })
  await connector.opened()
  return libraryOver(connector)
}

/** Runs of a page: a few milliseconds of work for either thread. */
const PAGE = 1000
/** Outlines of a page. Each has a spec. */
const OUTLINES_PAGE = 200
/** Epochs of a page. With more, the memory of a long export grows, since their objects outlive the collection of young ones. */
const EPOCHS_PAGE = 200

async function listOver(connector: Connector, sweepId: string | null): Promise<RunSummary[]> {
  const summaries: RunSummary[] = []
  for (let after: RunPlace | null = null; ;) {
    const rows: SummaryRow[] = await connector.send({ op: 'list', sweepId, after, most: PAGE })
    for (const row of rows) summaries.push(summaryOf(row))
    if (rows.length < PAGE) return summaries
    const { createdAt, runId } = summaries[summaries.length - 1]
    after = { createdAt, runId }
  }
}

const complete = ({ secondsComputed = null, ...end }: RunEnd) => ({ ...end, secondsComputed })

async function outlinesOver(connector: Connector, runIds: readonly string[]): Promise<Outline[]> {
  const outlines: Outline[] = []
  for (let from = 0; from < runIds.length; from += OUTLINES_PAGE) {
    outlines.push(...await connector.send({ op: 'outlines', runIds: runIds.slice(from, from + OUTLINES_PAGE) }))
  }
  return outlines
}

async function* epochsOver(connector: Connector, runId: string): AsyncGenerator<EpochMetrics[]> {
  for (let after = 0; ;) {
    const epochs: EpochMetrics[] = await connector.send({ op: 'epochs', runId, after, most: EPOCHS_PAGE })
    if (epochs.length > 0) yield epochs
    if (epochs.length < EPOCHS_PAGE) return
    after = epochs[epochs.length - 1].epoch
  }
}

async function wholeRun(connector: Connector, runId: string): Promise<RunDetail> {
  const { summary, spec, environment, arrays } = await connector.send({ op: 'overview', runId })
  const epochs: EpochMetrics[] = []
  for await (const some of epochsOver(connector, runId)) for (const epoch of some) epochs.push(epoch)
  return { summary, spec, environment, epochs, arrays }
}

/** The library at the other end of a connector. */
export const libraryOver = (connector: Connector): Library => ({
  get file() { return connector.file },
  get readOnly() { return connector.readOnly },
  createRuns: (runs, sweep = null) => connector.send({ op: 'createRuns', runs, sweep }),
  requeue: (runIds, queuedAt, first = false) => connector.send({ op: 'requeue', runIds, queuedAt, first }),
  orderQueue: (runIds) => connector.send({ op: 'orderQueue', runIds }),
  prioritise: (runIds, priority) => connector.send({ op: 'prioritise', runIds, priority }),
  sweeps: () => connector.send({ op: 'sweeps' }),
  sweep: (sweepId) => connector.send({ op: 'sweep', sweepId }),
  losses: async (sweepId, epoch) => new Map(await connector.send({ op: 'losses', sweepId, epoch })),
  endRound: (sweepId, end) => connector.send({ op: 'endRound', sweepId, end }),
  timings: (most) => connector.send({ op: 'timings', most }),
  adoptQueued: () => connector.send({ op: 'adoptQueued' }),
  release: (runIds) => connector.send({ op: 'release', runIds }),
  markRunning: (runId, startedAt, environment) => connector.send({ op: 'markRunning', runId, startedAt, environment }),
  appendEpochs: (runId, epochs, secondsComputed = null) => connector.send({ op: 'appendEpochs', runId, epochs, secondsComputed }),
  putArrays: (runId, epoch, arrays, supersedes = null) => connector.send({ op: 'putArrays', runId, epoch, arrays, supersedes }),
  putCheckpoint: (runId, sequences, parts) => connector.send({ op: 'putCheckpoint', runId, sequences, parts }),
  checkpoint: (runId) => connector.send({ op: 'checkpoint', runId }),
  finishRun: (runId, end) => connector.send({ op: 'finishRuns', runIds: [runId], end: complete(end) }),
  finishRuns: (runIds, end) => connector.send({ op: 'finishRuns', runIds, end: complete(end) }),
  shelve: (runIds, shelf) => connector.send({ op: 'shelve', runIds, shelf }),
  deleteRuns: (runIds) => connector.send({ op: 'deleteRuns', runIds }),
  importRun: (run) => connector.send({ op: 'importRun', run }),
  importLibrary: (file) => connector.send({ op: 'importLibrary', file }),
  list: (sweepId = null) => listOver(connector, sweepId),
  page: async (after, most) => (await connector.send({ op: 'list', sweepId: null, after, most })).map(summaryOf),
  get: (runId) => wholeRun(connector, runId),
  overview: (runId) => connector.send({ op: 'overview', runId }),
  epochs: (runId) => epochsOver(connector, runId),
  outlines: (runIds) => outlinesOver(connector, runIds),
  epochColumns: (runIds) => connector.send({ op: 'epochColumns', runIds }),
  findUnreadable: () => connector.send({ op: 'findUnreadable' }),
  judgeOutcomes: (after) => connector.send({ op: 'judgeOutcomes', after }),
  array: (runId, epoch, kind, name) => connector.send({ op: 'array', runId, epoch, kind, name }),
  interruptUnfinished: () => connector.send({ op: 'interruptUnfinished' }),
  changedElsewhere: () => connector.send({ op: 'changedElsewhere' }),
  settings: () => connector.send({ op: 'settings' }),
  configure: (settings) => connector.send({ op: 'configure', settings }),
  usage: () => connector.send({ op: 'usage' }),
  presets: () => connector.send({ op: 'presets' }),
  savePreset: (preset) => connector.send({ op: 'savePreset', preset }),
  deletePreset: (presetId) => connector.send({ op: 'deletePreset', presetId }),
  repair: (faults) => connector.send({ op: 'repair', faults }),
  backUp: (reason) => connector.send({ op: 'backUp', reason }),
  compact: () => connector.send({ op: 'compact' }),
  cancel: () => connector.send({ op: 'cancel' }),
  replace: (swap) => connector.replace(swap),
  close: () => connector.close(),
})
