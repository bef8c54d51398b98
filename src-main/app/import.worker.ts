import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { canonicalJson } from '../library/canonical-json.ts'
import { asLibraryError } from '../library/error.ts'
import { readLibrary } from '../library/import-library.ts'
import { type ImportedRun, LibraryError, pack, type PackedArray } from '../library/library.ts'
import type { RunDetail, Texts, UnreadableRun } from '../contract/run.ts'
import { endThread } from '../threads/threads.ts'
import { type ArchivedRun, type Examined, examineArchive, inspectArchive } from '../transfer/archive/archive.ts'
import { readSignal, readSignalTable } from '../transfer/signal-file.ts'
import { sent } from './export-messages.ts'
import type { FromReader, ReaderTask, ReadRun, RunsTask, SignalTask, ToImport } from './import-messages.ts'

/** Worker that reads and checks a file from outside: runs one by one, or a signal. If that needs too much memory, only this thread dies. */
const port = parentPort!
const task = workerData as ReaderTask & { nativeBinding?: string }
const { file, nativeBinding } = task
const post = (message: FromReader) => port.postMessage(message)

/** Hands over an entry, and waits until the next one is wanted. @throws LibraryError cancelled */
async function take(entry: ReadRun, done: number, total: number, whole: boolean): Promise<void> {
  const answer = once(port, 'message') as Promise<[ToImport]>
  post({ kind: 'entry', entry: whole ? entry : withoutData(entry), done, total })
  const [wish] = await answer
  if (wish === 'cancel') throw new LibraryError('cancelled', 'The import was cancelled.')
}

const withoutData = (entry: ReadRun): ReadRun => ('run' in entry ? { run: { ...entry.run, epochs: [], arrays: [] } } : entry)

async function readArchive(whole: boolean): Promise<void> {
  const { runs } = await inspectArchive(file)
  let done = 0
  for await (const entry of examineArchive(file)) {
    if (entry.runId !== null) done++
    await take(readRun(entry), done, runs, whole)
  }
}

const readRun = (entry: Examined): ReadRun =>
  ('refused' in entry ? { runId: entry.runId, damage: sent(entry.refused) } : { run: imported(entry.run) })

const imported = ({ summary, epochs, arrays, ...run }: ArchivedRun): ImportedRun =>
  ({ summary, epochs, texts: textsOf(run), arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }) })

const textsOf = (run: Pick<UnreadableRun, 'texts'> | Pick<RunDetail, 'spec' | 'environment'>): Texts =>
  ('texts' in run ? run.texts : { spec: canonicalJson(run.spec), environment: canonicalJson(run.environment) })

async function readOtherLibrary({ folder, whole }: RunsTask): Promise<void> {
  try {
    await readLibrary(file, folder, async (entry, done, total) =>
      take('run' in entry ? entry : { runId: entry.runId, damage: sent(entry.damage) }, done, total, whole), nativeBinding)
  } catch (error) {
    throw asLibraryError(error, file)
  }
}

async function readSignalFile({ choice }: SignalTask): Promise<void> {
  post({ kind: 'signal', signal: await (choice === null ? readSignalTable(file) : readSignal(file, choice)) })
}

try {
  if (task.format === 'signal') await readSignalFile(task)
  else {
    await (task.format === 'library' ? readOtherLibrary(task) : readArchive(task.whole))
    post({ kind: 'read' })
  }
} catch (error) {
  post({ kind: 'failed', error: sent(error) })
}
await endThread(port)
