import { rm } from 'node:fs/promises'
import { newCopyFolder } from '../library/files.ts'
import type { RunsTask, ReadRun, ToImport } from './import-messages.ts'
import { inReadingThread, type Reader } from './reading-thread.ts'

type Take = (entry: ReadRun, done: number, total: number) => Promise<void>

const TOO_LARGE = 'A run of it is too large. Export its runs one by one and import them separately'

/**
 * Reads and checks the runs of an archive or a library in a thread with a limited heap, and hands them over one by one.
 * @param take if it throws, the rest is not read
 * @throws BadInput or LibraryError if the file as a whole cannot be used, or needs too much memory
 */
export async function readRuns(reader: Reader, task: Pick<RunsTask, 'file' | 'format' | 'whole'>, take: Take): Promise<void> {
  const folder = newCopyFolder()
  try {
    await inReadingThread<void>(reader, { ...task, folder }, TOO_LARGE, (message, worker, resolve, reject) => {
      const answer = (wish: ToImport) => worker.postMessage(wish)
      if (message.kind === 'read') resolve()
      if (message.kind !== 'entry') return
      take(message.entry, message.done, message.total).then(() => answer('next'), (error: Error) => {
        reject(error)
        answer('cancel')
      })
    })
  } finally {
    // What a thread that died of memory has left.
    await rm(folder, { recursive: true, force: true })
  }
}
