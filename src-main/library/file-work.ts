import { startThread } from '../threads/threads.ts'
import { LibraryError } from './error.ts'
import type { CheckCounts, Fault, FileWork, FromFileWorker, Salvaged } from './protocol.ts'

export interface Checked {
  counts: CheckCounts
  faults: Fault[]
}

/** A long job on a library file, in its own thread. */
export interface FileJob<Result> {
  /** Rejects with a `LibraryError`. */
  result: Promise<Result>
  /** Cancels the job. A cancelled check reports what it has read so far. */
  cancel(): void
}

type Progress = (done: number, total: number) => void

/** Starts jobs on library files, each in its own thread. */
export class FileWorkers {
  readonly #worker: string | URL
  readonly #nativeBinding: string | undefined

  /** @param worker `file.worker.ts` or its bundled path */
  constructor(worker: string | URL, nativeBinding?: string) {
    this.#worker = worker
    this.#nativeBinding = nativeBinding
  }

  /** Checks all stored data. The file may be in use. */
  check(file: string, onProgress: Progress): FileJob<Checked> {
    const faults: Fault[] = []
    return this.#start({ task: 'check', file }, onProgress, (message) => {
      if (message.kind === 'fault') faults.push(message.fault)
      return message.kind === 'checked' ? { counts: message.counts, faults } : null
    })
  }

  /** Copies what can be read of a damaged file to a new one, run by run. */
  salvage(file: string, into: string, onProgress: Progress): FileJob<Salvaged> {
    return this.#start({ task: 'salvage', file, into }, onProgress, (message) => (message.kind === 'salvaged' ? message.salvaged : null))
  }

  /** Copies closed libraries to drafts, and verifies the copies. */
  copy(files: { from: string; to: string }[], onProgress: Progress): FileJob<true> {
    return this.#start({ task: 'copy', files }, onProgress, (message) => (message.kind === 'copied' ? true : null))
  }

  #start<Result>(work: FileWork, onProgress: Progress, take: (message: FromFileWorker) => Result | null): FileJob<Result> {
    const worker = startThread(this.#worker, { workerData: { ...work, nativeBinding: this.#nativeBinding }, name: work.task })
    const result = new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: FromFileWorker) => {
        if (message.kind === 'progress') onProgress(message.done, message.total)
        if (message.kind === 'failed') reject(new LibraryError(message.code, message.message))
        const taken = take(message)
        if (taken !== null) resolve(taken)
      })
      worker.on('error', (error) => reject(new LibraryError('failed', String(error))))
      worker.on('exit', (code) => reject(new LibraryError('worker-ended', `The ${work.task} stopped unexpectedly (exit code ${code}). The library was not changed.`)))
    })
    return { result, cancel: () => worker.postMessage('cancel') }
  }
}
