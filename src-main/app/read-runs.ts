import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { BadInput } from '../contract/problem.ts'
import { newCopyFolder } from '../library/files.ts'
import { LibraryError } from '../library/library.ts'
import { heapOf, isOutOfMemory, rest, startThread } from '../threads/threads.ts'
import { received } from './export-messages.ts'
import type { FromReader, ReadingTask, ReadRun, ToImport } from './import-messages.ts'

/** Several times what the largest run that this program makes takes. Arrays are outside of the heap, and have their own limits. */
const HEAP_MB = 1024

export interface Reader {
  /** `import.worker.ts` or its bundled path. */
  worker: string | URL
  nativeBinding?: string | undefined
  heapMb?: number
}

type Take = (entry: ReadRun, done: number, total: number) => Promise<void>

/**
 * Reads and checks the runs of an archive or a library in a thread with a limited heap, and hands them over one by one.
 * @param take if it throws, the rest is not read
 * @throws BadInput or LibraryError if the file as a whole cannot be used, or needs too much memory
 */
export async function readRuns(
  { worker: program, nativeBinding, heapMb = HEAP_MB }: Reader, task: Pick<ReadingTask, 'file' | 'format' | 'whole'>, take: Take,
): Promise<void> {
  const folder = newCopyFolder()
  const worker = startThread(program, { workerData: { ...task, folder, nativeBinding }, name: 'import', resourceLimits: heapOf(heapMb) })
  try {
    await allTaken(worker, task.file, heapMb, take)
  } finally {
    await rest()
    await worker.terminate()
    // What a thread that died of memory has left.
    await rm(folder, { recursive: true, force: true })
  }
}

function allTaken(worker: Worker, file: string, heapMb: number, take: Take): Promise<void> {
  return new Promise((resolve, reject) => {
    const answer = (wish: ToImport) => worker.postMessage(wish)
    worker.on('message', (message: FromReader) => {
      if (message.kind === 'read') resolve()
      if (message.kind === 'failed') reject(received(message.error))
      if (message.kind !== 'entry') return
      take(message.entry, message.done, message.total).then(() => answer('next'), (error: Error) => {
        reject(error)
        answer('cancel')
      })
    })
    worker.once('error', (error) => reject(isOutOfMemory(error) ? tooLarge(file, heapMb) : error))
    worker.once('exit', (code) => reject(new LibraryError('worker-ended', `The reading of ${basename(file)} stopped unexpectedly (exit code ${code}).`)))
  })
}

const tooLarge = (file: string, heapMb: number) => new BadInput(basename(file), [{
  path: '', rule: `must need at most ${heapMb} MB of memory to be read. A run of it is too large. Export its runs one by one and import them separately`,
  found: '',
}])
