import { basename } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { BadInput } from '../contract/problem.ts'
import { LibraryError } from '../library/library.ts'
import { heapOf, rest, startThread } from '../threads/threads.ts'
import { received } from './export-messages.ts'
import type { FromReader, ReaderTask } from './import-messages.ts'

/** Several times what the largest run that this program makes takes. Arrays are outside of the heap, and have their own limits. */
const HEAP_MB = 1024

export interface Reader {
  /** `import.worker.ts` or its bundled path. */
  worker: string | URL
  nativeBinding?: string | undefined
  heapMb?: number
}

/**
 * Reads a file from outside in a thread with a limited heap, which ends with it.
 * @param take receives what the thread says, until it calls `resolve` or `reject`
 * @param tooLarge the rule for a file that needs more memory, which says what to do
 * @throws BadInput or LibraryError if the file cannot be used, or needs too much memory
 */
export async function inReadingThread<Result>(
  { worker: program, nativeBinding, heapMb = HEAP_MB }: Reader, task: ReaderTask, tooLarge: string,
  take: (message: FromReader, worker: Worker, resolve: (result: Result) => void, reject: (error: unknown) => void) => void,
): Promise<Result> {
  const worker = startThread(program, { workerData: { ...task, nativeBinding }, name: 'import', resourceLimits: heapOf(heapMb) })
  try {
    return await new Promise<Result>((resolve, reject) => {
      worker.on('message', (message: FromReader) => {
        if (message.kind === 'failed') reject(received(message.error))
        else take(message, worker, resolve, reject)
      })
      worker.once('error', (error) => reject(isOutOfMemory(error)
        ? new BadInput(basename(task.file), [{ path: '', rule: `must need at most ${heapMb} MB of memory to be read. ${tooLarge}`, found: '' }])
        : error))
      worker.once('exit', (code) => reject(new LibraryError('worker-ended', `The reading of ${basename(task.file)} stopped unexpectedly (exit code ${code}).`)))
    })
  } finally {
    await rest()
    await worker.terminate()
  }
}

const isOutOfMemory = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
