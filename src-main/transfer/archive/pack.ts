import { createHash } from 'node:crypto'
import { type PassThrough, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import { JsonSize } from '../../../src-engine/experiment/json-size.ts'
import type { RunSummary, StoredOverview } from '../../contract/run.ts'
import { changedRun } from '../changed-run.ts'
import { bytesOf } from '../../library/codec.ts'
import type { Library } from '../../library/library.ts'
import type { Caps } from './caps.ts'
import { checkCount, checkTotal, checkUnpacked } from './directory.ts'
import { checkSize } from './json.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, arrayEntry, MANIFEST, type Manifest, type ManifestEntry, type ManifestRun, runEntry, specEntry } from './layout.ts'
import { checkRunSize } from './manifest.ts'
import type { RunSource } from '../run-source.ts'
import { numberToText } from './number-text.ts'
import { writeRunDocument } from './run-document.ts'

/** Deflate levels. Pulse counts shrink to 1/30 at the fastest level. Real numbers shrink only to 9/10 at 20 MB/s, so they stay unpacked. */
const FASTEST = 1
const NONE = 0

export type Source = RunSource & Pick<Library, 'array'>

export interface PlannedEntry extends ManifestEntry {
  compressionLevel: number
  /** What the entry holds. */
  content: { of: 'run' } | { of: 'spec' } | { of: 'array'; epoch: number; kind: string; name: string }
}

/** A file of a crate beside its runs. */
export interface PlannedFile extends ManifestEntry {
  bytesOf: () => AsyncIterable<Uint8Array>
}

export interface PlannedRun extends ManifestRun, Pick<RunSummary, 'createdAt' | 'endedAt'> {
  entries: PlannedEntry[]
}

/**
 * Plan the entries of an archive in advance, because its first entry lists the sizes and hashes of all others.
 * @throws BadInput if the runs exceed the limits of an archive
 */
export async function planArchive(library: Source, runIds: readonly string[], file: string, caps: Caps): Promise<PlannedRun[]> {
  const runs = await planRuns(library, runIds, file, caps, false)
  checkCaps(runs, [], file, caps)
  return runs
}

/** @param withSpecs whether each spec is also a file of its own */
export async function planRuns(
  library: Source, runIds: readonly string[], file: string, caps: Caps, withSpecs: boolean,
): Promise<PlannedRun[]> {
  const runs: PlannedRun[] = []
  for (const runId of new Set(runIds)) runs.push(await planRun(library, runId, file, caps, withSpecs))
  return runs
}

async function planRun(library: Source, runId: string, file: string, caps: Caps, withSpec: boolean): Promise<PlannedRun> {
  const run = await library.overview(runId)
  const hash = createHash('sha256')
  const size = new JsonSize()
  let bytes = 0
  for await (const piece of writeRunDocument(run, library.epochs(runId))) {
    hash.update(piece)
    size.add(piece)
    bytes += piece.length
  }
  checkSize(size, { file, entry: runEntry(runId) }, caps)
  const first: PlannedEntry =
    { name: runEntry(runId), bytes, sha256: hash.digest('hex'), compressionLevel: FASTEST, content: { of: 'run' } }
  const arrays = run.arrays.map(({ bytes, sha256, codec, epoch, kind, name }, number): PlannedEntry => ({
    name: arrayEntry(runId, number), bytes, sha256, compressionLevel: codec === 'f32' ? NONE : FASTEST,
    content: { of: 'array', epoch, kind, name },
  }))
  const { createdAt, endedAt } = run.summary
  return { runId, createdAt, endedAt, entries: [first, ...(withSpec ? [specPlan(run)] : []), ...arrays] }
}

function specPlan(run: StoredOverview): PlannedEntry {
  const bytes = specBytes(run)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { name: specEntry(run.summary.runId), bytes: bytes.length, sha256, compressionLevel: FASTEST, content: { of: 'spec' } }
}

/** The spec as a file that can be run again. One that cannot be read is left as it is. */
const specBytes = (run: StoredOverview): Buffer =>
  Buffer.from('texts' in run ? run.texts.spec : `${JSON.stringify(run.spec, numberToText, 2)}\n`)

/** Apply the same limits as the reader. */
export function checkCaps(runs: PlannedRun[], files: PlannedFile[], file: string, caps: Caps): void {
  const entries = [{ name: MANIFEST, bytes: manifestOf(runs, files).length }, ...files, ...runs.flatMap((run) => run.entries)]
  checkCount(entries.length, { file, entry: '' }, caps)
  for (const { name, bytes } of entries) checkUnpacked(bytes, { file, entry: name }, caps)
  for (const run of runs) checkRunSize(run, file, caps)
  checkTotal(entries.reduce((sum, { bytes }) => sum + bytes, 0), { file, entry: '' }, caps)
}

function manifestOf(runs: PlannedRun[], files: PlannedFile[]): Buffer {
  const bare = ({ name, bytes, sha256 }: ManifestEntry): ManifestEntry => ({ name, bytes, sha256 })
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    runs: runs.map(({ runId, entries }) => ({ runId, entries: entries.map(bare) })),
    ...(files.length > 0 && { files: files.map(bare) }),
  }
  return Buffer.from(JSON.stringify(manifest))
}

/** Fixed date, so that the same runs give the same bytes. */
const about = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/**
 * Generate the bytes of the ZIP file. Each entry is read from the library only when it is written.
 * @param onRun receives the number of written runs before each further run
 */
export async function* zipped(
  library: Source, runs: PlannedRun[], files: PlannedFile[], onRun?: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  zip.on('error', (error: Error) => output.destroy(error))
  zip.addBuffer(manifestOf(runs, files), MANIFEST, { ...about, compress: false })
  for (const file of files) {
    addLazily(zip, { ...file, compressionLevel: FASTEST }, async () => {
      await drained(output)
      return file.bytesOf()
    })
  }
  for (const [index, run] of runs.entries()) {
    for (const entry of run.entries) {
      addLazily(zip, entry, async () => {
        await drained(output)
        if (output.destroyed) throw new Error('The archive is no longer written.')
        if (index > 0 && entry === run.entries[0]) onRun?.(index)
        return checked(run, entry, await contentOf(library, run, entry))
      })
    }
  }
  zip.end()
  yield* output
}

/** Waits until a slow disk has taken what was written, because yazl does not wait after a small entry. */
async function drained(output: PassThrough): Promise<void> {
  if (!output.writableNeedDrain || output.destroyed) return
  await new Promise<void>((resolve) => {
    const end = () => {
      output.off('drain', end).off('close', end)
      resolve()
    }
    output.on('drain', end).on('close', end)
  })
}

/** Add an entry whose content is loaded on demand. yazl requests an entry when the one before it is written. */
function addLazily(zip: ZipFile, entry: Omit<PlannedEntry, 'content'>, content: () => Promise<AsyncIterable<Uint8Array>>): void {
  zip.addReadStreamLazy(entry.name, { ...about, size: entry.bytes, compressionLevel: entry.compressionLevel }, (give) => {
    const fail = (error: Error) => zip.emit('error', error)
    // yazl does not listen for errors of the streams that it reads.
    content().then((pieces) => give(null, Readable.from(pieces).on('error', fail)), fail)
  })
}

async function contentOf(library: Source, { runId }: PlannedRun, { content }: PlannedEntry): Promise<AsyncIterable<Uint8Array>> {
  if (content.of === 'array') return slices(bytesOf((await library.array(runId, content.epoch, content.kind, content.name)).data))
  const run = await library.overview(runId)
  return content.of === 'run' ? writeRunDocument(run, library.epochs(runId)) : slices(specBytes(run))
}

/** @throws BadInput before the last piece is given, if the content is not as planned */
async function* checked(
  { runId }: PlannedRun, { bytes, sha256 }: PlannedEntry, content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let left = bytes
  for await (const piece of content) {
    hash.update(piece)
    left -= piece.length
    if (left < 0 || (left === 0 && hash.copy().digest('hex') !== sha256)) throw changedRun(runId)
    yield piece
  }
  if (left > 0) throw changedRun(runId)
}

const SLICE = 2 ** 18

/** Slices, with a pause after each, because a large array takes a second. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    yield bytes.subarray(at, at + SLICE)
    await setImmediate()
  }
}
