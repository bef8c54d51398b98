import { statSync } from 'node:fs'
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { requireWhole } from './backup.ts'
import { checkLibrary, type CheckWatcher, isDamage } from './check.ts'
import { endThread } from '../threads/threads.ts'
import { asLibraryError, LibraryError } from './error.ts'
import { copyToDraft } from './files.ts'
import { type FileWork, fileWorkSchema, type FromFileWorker } from './protocol.ts'
import { openReader, openUpgradedReader, type Reader } from './reading.ts'
import { salvage } from './salvage.ts'
import { fixView } from './transaction.ts'

/**
 * Worker for long jobs on a library file, so that neither the runs nor the window wait: checks all data against its SHA-256,
 * salvages a damaged file into a new one, or copies closed files to drafts. Any message cancels the job.
 */
const port = parentPort!
const post = (message: FromFileWorker) => port.postMessage(message)
let cancelled = false
port.on('message', () => { cancelled = true })

const watcher: CheckWatcher = {
  found: (fault) => post({ kind: 'fault', fault }),
  progress: (done, total) => post({ kind: 'progress', done, total }),
  stopped: () => cancelled,
}

try {
  await work(fileWorkSchema.parse(workerData))
} catch (error) {
  const { code, message } = asLibraryError(error, placeOf(workerData))
  post({ kind: 'failed', code, message })
}
await endThread(port)

/** Where a full disk or a missing log would explain an error. */
function placeOf(data: unknown): string | undefined {
  const job = fileWorkSchema.safeParse(data).data
  return job?.task === 'copy' ? job.files[0]?.to : job?.file
}

async function work(job: FileWork): Promise<void> {
  const { nativeBinding } = job
  if (job.task === 'copy') return copyAll(job.files, nativeBinding)
  // Reported only when the library is closed, because the file may then be replaced.
  post(job.task === 'check' ? await check(job.file, nativeBinding) : await salvageInto(job.file, job.into, nativeBinding))
}

async function check(file: string, nativeBinding?: string): Promise<FromFileWorker> {
  const { db, close } = openToCheck(file, nativeBinding)
  try {
    fixViewIfWhole(db)
    return { kind: 'checked', counts: await checkLibrary(db, watcher, nativeBinding) }
  } finally {
    close()
  }
}

/** The check itself tells of damage. */
function fixViewIfWhole(db: Reader['db']): void {
  try {
    fixView(db)
  } catch (error) {
    if (!isDamage(error)) throw error
  }
}

async function salvageInto(file: string, into: string, nativeBinding?: string): Promise<FromFileWorker> {
  const { db, close } = openReader(file, nativeBinding)
  try {
    return { kind: 'salvaged', salvaged: await salvage(db, into, watcher, nativeBinding) }
  } finally {
    close()
  }
}

/** An older library is upgraded in a copy, since a check reads the tables of the newest version. Unless damage prevents that. */
function openToCheck(file: string, nativeBinding?: string): Reader {
  try {
    return openUpgradedReader(file, nativeBinding)
  } catch (error) {
    if (!isDamage(error)) throw error
    return openReader(file, nativeBinding)
  }
}

function copyAll(files: { from: string; to: string }[], nativeBinding?: string): void {
  const total = files.reduce((sum, { from }) => sum + statSync(from).size, 0)
  let done = 0
  const copied = (bytes: number) => {
    // The copy does not yield, so no event could tell that it was cancelled.
    if (receiveMessageOnPort(port)) throw new LibraryError('cancelled', 'The copy was cancelled.')
    watcher.progress(done += bytes, total)
  }
  for (const { from, to } of files) copyToDraft(from, to, (draft) => requireWhole(draft, nativeBinding), copied)
  post({ kind: 'copied' })
}
