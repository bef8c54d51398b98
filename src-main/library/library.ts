import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { EpochMetrics, RunDetail, RunSummary } from '../contract/run.ts'
import { WorkerChannel } from './channel.ts'
import type { NamedArray, NewRun, ReadArray, RunEnd, WorkerData } from './protocol.ts'

export { LibraryError, type LibraryErrorCode } from './error.ts'
export { newRunId } from './run-id.ts'
export type { NamedArray, NewRun, ReadArray, RunEnd } from './protocol.ts'

/** All runs of one library file. Every call rejects with a `LibraryError`. */
export interface Library {
  /** Keeps a new run with the status `queued`. */
  createRun(run: NewRun): Promise<void>
  markRunning(runId: string, startedAt: string): Promise<void>
  /** Epochs are counted from 1; each is given once. */
  appendEpoch(runId: string, metrics: EpochMetrics): Promise<void>
  /** All of them or none. The data is copied, or where it is the caller's to give, handed over: its arrays are then empty. */
  putArrays(runId: string, epoch: number, arrays: NamedArray[], given?: 'copied' | 'handed over'): Promise<void>
  finishRun(runId: string, end: RunEnd): Promise<void>
  /** Newest first. */
  list(): Promise<RunSummary[]>
  get(runId: string): Promise<RunDetail>
  /** Rejects with code `damaged`, naming the array, where its SHA-256 is not that of what was written. */
  array(runId: string, epoch: number, kind: string, name: string): Promise<ReadArray>
  /** Runs left queued or running by a process that is gone become `interrupted`; resolves to how many. */
  interruptUnfinished(): Promise<number>
  close(): Promise<void>
}

export interface LibraryOptions {
  /** Created with its folder where missing. */
  file: string
  /** `library.worker.ts`, or where a bundle has put it. */
  worker: string | URL
  /** better-sqlite3's binary, where the one it ships does not fit the host. */
  nativeBinding?: string
}

/** Opens or creates a library file. A file that is not a library of this version or older is refused unchanged. */
export async function openLibrary({ file, worker, nativeBinding }: LibraryOptions): Promise<Library> {
  const workerData: WorkerData = { file: resolve(file), nativeBinding }
  const channel = new WorkerChannel(new Worker(worker, { workerData, name: 'library' }))
  await channel.opened
  return libraryOver(channel)
}

const buffersOf = (arrays: readonly { data: ArrayBufferView }[]) => arrays.map(({ data }) => data.buffer as ArrayBuffer)

/** The library at the other end of a channel. */
export const libraryOver = (channel: WorkerChannel): Library => ({
  createRun: (run) => channel.ask({ op: 'createRun', run }),
  markRunning: (runId, startedAt) => channel.ask({ op: 'markRunning', runId, startedAt }),
  appendEpoch: (runId, metrics) => channel.ask({ op: 'appendEpoch', runId, metrics }),
  putArrays: (runId, epoch, arrays, given = 'copied') =>
    channel.ask({ op: 'putArrays', runId, epoch, arrays }, given === 'copied' ? [] : buffersOf(arrays)),
  finishRun: (runId, end) => channel.ask({ op: 'finishRun', runId, end }),
  list: () => channel.ask({ op: 'list' }),
  get: (runId) => channel.ask({ op: 'get', runId }),
  array: (runId, epoch, kind, name) => channel.ask({ op: 'array', runId, epoch, kind, name }),
  interruptUnfinished: () => channel.ask({ op: 'interruptUnfinished' }),
  close: () => channel.close(),
})
