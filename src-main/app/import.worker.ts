import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { canonicalJson } from '../library/canonical-json.ts'
import { asLibraryError } from '../library/error.ts'
import { readLibrary } from '../library/import-library.ts'
import { type ImportedRun, LibraryError, pack, type PackedArray } from '../library/library.ts'
import type { RunDetail, Texts, UnreadableRun } from '../contract/run.ts'
import { endThread } from '../threads/threads.ts'
import { type ArchivedRun, type Examined, examineArchive, inspectArchive } from '../transfer/archive/archive.ts'
import { sent } from './export-messages.ts'
import type { FromReader, ReadingTask, ReadRun, ToImport } from './import-messages.ts'

/** Worker that reads and checks the runs of a file from outside, one by one. If that needs too much memory, only this thread dies. */
const port = parentPort!
const { file, format, folder, whole, nativeBinding } = workerData as ReadingTask & { nativeBinding?: string }
const post = (message: FromReader) => port.postMessage(message)

/** Hands over an entry, and waits until the next one is wanted. @throws LibraryError cancelled */
async function take(entry: ReadRun, done: number, total: number): Promise<void> {
  const answer = once(port, 'message') as Promise<[ToImport]>
  post({ kind: 'entry', entry: whole ? entry : withoutData(entry), done, total })
  const [wish] = await answer
  if (wish === 'cancel') throw new LibraryError('cancelled', 'The import was cancelled.')
}

const withoutData = (entry: ReadRun): ReadRun => ('run' in entry ? { run: { ...entry.run, epochs: [], arrays: [] } } : entry)

async function readArchive(): Promise<void> {
  const { runs } = await inspectArchive(file)
  let done = 0
  for await (const entry of examineArchive(file)) {
    if (entry.runId !== null) done++
    await take(readRun(entry), done, runs)
  }
}

const readRun = (entry: Examined): ReadRun =>
  ('refused' in entry ? { runId: entry.runId, damage: sent(entry.refused) } : { run: imported(entry.run) })

const imported = ({ summary, epochs, arrays, ...run }: ArchivedRun): ImportedRun => ({
  summary, epochs, texts: textsOf(run),
  arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }),
})

const textsOf = (run: Pick<UnreadableRun, 'texts'> | Pick<RunDetail, 'spec' | 'environment'>): Texts =>
  ('texts' in run ? run.texts : { spec: canonicalJson(run.spec), environment: canonicalJson(run.environment) })

async function readOtherLibrary(): Promise<void> {
  try {
    await readLibrary(file, folder, async (entry, done, total) =>
      take('run' in entry ? entry : { runId: entry.runId, damage: sent(entry.damage) }, done, total), nativeBinding)
  } catch (error) {
    throw asLibraryError(error, file)
  }
}

try {
  await (format === 'library' ? readOtherLibrary() : readArchive())
  post({ kind: 'read' })
} catch (error) {
  post({ kind: 'failed', error: sent(error) })
}
await endThread(port)
