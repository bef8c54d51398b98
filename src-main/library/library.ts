import { resolve } from 'node:path'
import type { EpochMetrics, RunPlace, RunSummary, StoredRun } from '../contract/run.ts'
import { heapOf, startThread } from '../threads/threads.ts'
import { Connector, type Listeners } from './connector.ts'
import { type Client, clientOver } from './operations.ts'
import type { Outline, Role, RunEnd, WorkerData } from './protocol.ts'
import { summaryOf } from './summary.ts'

export { isDamage, leftOut, LibraryError, type LibraryErrorCode } from './error.ts'
export { newRunId, newRunIds } from './run-id.ts'
export { pack } from './codec.ts'
export { completeSpec } from './complete-spec.ts'
export { KnownRuns } from './known-runs.ts'
export { damagedRun, previewedRun } from './preview.ts'
export { readTexts, requireReadable } from './stored-texts.ts'
export type {
  Checkpoint, EpochColumns, Fault, Imported, ImportedRun, Judged, Kept, StoredPreset, StoredSweep, NewPreset,
  NewRun, Outline,
  PackedArray, PackedPart, Queued, ReadArray, RoundEnd, RunEnd, Search, Timing,
} from './protocol.ts'

/** Operations that `Library` offers in another form, or not at all. */
type Wrapped = 'runPage' | 'runRows' | 'epochPage' | 'close' | 'closeWhole'

/** The runs, sweeps, presets and settings of one library file. A call that fails rejects with a `LibraryError`. */
export interface Library extends Omit<Client, Wrapped> {
  /** Current path. */
  readonly file: string
  /** Why the library is read-only; null if it can be written. */
  readonly readOnly: string | null
  /** Like `finishRuns` for one run. */
  finishRun(runId: string, end: RunEnd): Promise<void>
  /** All runs or those of one sweep, newest first. Read in pages, so that other requests and events are served in between. */
  list(sweepId?: string | null): Promise<RunSummary[]>
  /** At most `most` runs, of one sweep or of all, that follow a place in the list; null stands for its start. */
  page(after: RunPlace | null, most: number, sweepId?: string | null): Promise<RunSummary[]>
  /** Runs as a list has them, in the order of their ids, without those that do not exist. */
  summaries(runIds: readonly string[]): Promise<RunSummary[]>
  /** A run with everything, also if its spec or environment cannot be read. */
  get(runId: string): Promise<StoredRun>
  /** All epochs of a run in order, some at a time. None if no epoch is done. */
  epochs(runId: string): AsyncGenerator<EpochMetrics[]>
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
  /** Start the thread for reads at once; by default it starts when a read would wait for a write. */
  readerAtOnce?: boolean
}

/** Several times what the longest answer takes, from 100,000 runs. */
const HEAP_MB = 1024

/** Opens or creates a library file. Refuses a file that is not a library of this version or older, without changing it. */
export async function openLibrary(options: LibraryOptions): Promise<Library> {
  const { file, worker, nativeBinding, readerAtOnce = false } = options
  const { onWork = () => {}, onRestart = () => {}, onAnswer = () => {} } = options
  const start = (place: string, role: Role) => {
    const workerData: WorkerData = { file: place, role, nativeBinding }
    return startThread(worker, { workerData, name: `library ${role}`, resourceLimits: heapOf(HEAP_MB) })
  }
  const connector = new Connector(start, resolve(file), { onWork, onRestart, onAnswer }, readerAtOnce)
  await connector.opened()
  return libraryOver(connector)
}

/** Runs of a page: a few milliseconds of work for either thread. */
const PAGE = 1000
/** Outlines of a page. Each has a spec. */
const OUTLINES_PAGE = 200
/** Epochs of a page. With more, the memory of a long export grows, since their objects outlive the collection of young ones. */
const EPOCHS_PAGE = 200

async function list({ runPage }: Client, sweepId: string | null): Promise<RunSummary[]> {
  const summaries: RunSummary[] = []
  for (let after: RunPlace | null = null; ;) {
    const rows = await runPage(sweepId, after, PAGE)
    for (const row of rows) summaries.push(summaryOf(row))
    if (rows.length < PAGE) return summaries
    const { createdAt, runId } = summaries[summaries.length - 1]!
    after = { createdAt, runId }
  }
}

async function summaries({ runRows }: Client, runIds: readonly string[]): Promise<RunSummary[]> {
  const all: RunSummary[] = []
  for (let from = 0; from < runIds.length; from += PAGE) {
    for (const row of await runRows(runIds.slice(from, from + PAGE))) all.push(summaryOf(row))
  }
  return all
}

async function outlines(client: Client, runIds: readonly string[]): Promise<Outline[]> {
  const outlines: Outline[] = []
  for (let from = 0; from < runIds.length; from += OUTLINES_PAGE) {
    outlines.push(...await client.outlines(runIds.slice(from, from + OUTLINES_PAGE)))
  }
  return outlines
}

async function* epochs({ epochPage }: Client, runId: string): AsyncGenerator<EpochMetrics[]> {
  for (let after = 0; ;) {
    const page = await epochPage(runId, after, EPOCHS_PAGE)
    if (page.length > 0) yield page
    if (page.length < EPOCHS_PAGE) return
    after = page[page.length - 1]!.epoch
  }
}

async function wholeRun(client: Client, runId: string): Promise<StoredRun> {
  const { arrays, ...run } = await client.overview(runId)
  const all: EpochMetrics[] = []
  for await (const page of epochs(client, runId)) for (const epoch of page) all.push(epoch)
  return { ...run, epochs: all, arrays }
}

/** The library at the other end of a connector. */
export function libraryOver(connector: Connector): Library {
  const client = clientOver((op, args) => connector.send(op, args))
  return {
    ...client,
    get file() { return connector.file },
    get readOnly() { return connector.readOnly },
    finishRun: (runId, end) => client.finishRuns([runId], end),
    list: (sweepId = null) => list(client, sweepId),
    page: async (after, most, sweepId = null) => (await client.runPage(sweepId, after, most)).map(summaryOf),
    summaries: (runIds) => summaries(client, runIds),
    get: (runId) => wholeRun(client, runId),
    epochs: (runId) => epochs(client, runId),
    outlines: (runIds) => outlines(client, runIds),
    replace: (swap) => connector.replace(swap),
    close: () => connector.close(),
  }
}
