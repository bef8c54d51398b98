import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { canonicalJson, jsonOrUndefined } from '../library/canonical-json.ts'
import { asLibraryError } from '../library/error.ts'
import { readLibrary } from '../library/import-library.ts'
import { refuseMissingSamples, withPacked } from '../library/samples.ts'
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

function readRun(entry: Examined): ReadRun {
  if ('refused' in entry) return { runId: entry.runId, damage: sent(entry.refused) }
  const { run } = entry
  try {
    if (!('texts' in run)) refuseMissingSamples(run.summary.runId, run.spec, null)
    return { run: imported(run) }
  } catch (error) {
    return { runId: run.summary.runId, damage: sent(error) }
  }
}

const imported = ({ summary, epochs, arrays, ...run }: ArchivedRun): ImportedRun => ({
  summary, epochs, ...documentsOf(run),
  arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }),
})

function documentsOf(run: Pick<UnreadableRun, 'texts'> | Pick<RunDetail, 'spec' | 'environment'>): Pick<ImportedRun, 'texts' | 'samples'> {
  if ('texts' in run) return unreadable(run.texts)
  const { document, samples } = withPacked(run.spec)
  return { texts: { spec: canonicalJson(document), environment: canonicalJson(run.environment) }, samples }
}

/** A text that a newer version may read, with its samples kept like those of any other. One without samples stays as it is. */
function unreadable(texts: Texts): Pick<ImportedRun, 'texts' | 'samples'> {
  const read = jsonOrUndefined(texts.spec)
  const { document, samples } = withPacked(typeof read === 'object' && read !== null ? read : {})
  return samples === null ? { texts, samples } : { texts: { ...texts, spec: JSON.stringify(document) }, samples }
}

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
