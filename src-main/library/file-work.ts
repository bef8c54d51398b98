import { Worker } from 'node:worker_threads'
import { LibraryError } from './error.ts'
import type { CheckCounts, Fault, FileWork, FromFileWorker, Salvaged } from './protocol.ts'

export interface Checked {
  counts: CheckCounts
  faults: Fault[]
}

/** Something that is done to a library's file from outside. */
export interface FileJob<Result> {
  /** Rejects with a `LibraryError`. */
  result: Promise<Result>
  /** Ends it early: a check then has looked at a part. */
  cancel(): void
}

type Progress = (done: number, total: number) => void

/** Starts jobs on library files, each in a thread of its own. */
export class FileWorkers {
  readonly #worker: string | URL
  readonly #nativeBinding: string | undefined

  /** @param worker `file.worker.ts`, or where a bundle has put it */
  constructor(worker: string | URL, nativeBinding?: string) {
    this.#worker = worker
    this.#nativeBinding = nativeBinding
  }

  /** Compares everything with what was written. The file may be in use. */
  check(file: string, onProgress: Progress): FileJob<Checked> {
    const faults: Fault[] = []
    return this.#start({ task: 'check', file }, onProgress, (message) => {
      if (message.kind === 'fault') faults.push(message.fault)
      return message.kind === 'checked' ? { counts: message.counts, faults } : null
    })
  }

  /** Brings what can be read of a damaged file into a new one, a run at a time. */
  salvage(file: string, into: string, onProgress: Progress): FileJob<Salvaged> {
    return this.#start({ task: 'salvage', file, into }, onProgress, (message) => (message.kind === 'salvaged' ? message.salvaged : null))
  }

  /** Copies closed libraries, each to where nothing is, and finds them sound. */
  copy(files: { from: string; to: string }[], onProgress: Progress): FileJob<true> {
    return this.#start({ task: 'copy', files }, onProgress, (message) => (message.kind === 'copied' ? true : null))
  }

  #start<Result>(work: FileWork, onProgress: Progress, take: (message: FromFileWorker) => Result | null): FileJob<Result> {
    const worker = new Worker(this.#worker, { workerData: { ...work, nativeBinding: this.#nativeBinding }, name: work.task })
    const result = new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: FromFileWorker) => {
        if (message.kind === 'progress') onProgress(message.done, message.total)
        if (message.kind === 'failed') reject(new LibraryError(message.code, message.message))
        const taken = take(message)
        if (taken !== null) resolve(taken)
      })
      worker.on('error', (error) => reject(new LibraryError('failed', String(error))))
      worker.on('exit', (code) => reject(new LibraryError('worker-ended', `The ${work.task} ended with code ${code}`)))
    })
    return { result, cancel: () => worker.postMessage('cancel') }
  }
}
