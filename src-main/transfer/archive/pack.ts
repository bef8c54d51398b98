import { createHash } from 'node:crypto'
import { type PassThrough, Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import { BadInput } from '../../contract/problem.ts'
import { bytesOf } from '../../library/codec.ts'
import type { Library } from '../../library/library.ts'
import type { Caps } from './caps.ts'
import { checkCount, checkTotal, checkUnpacked } from './directory.ts'
import { JsonSize } from './json.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, arrayEntry, MANIFEST, type Manifest, type ManifestEntry, type ManifestRun, runEntry } from './layout.ts'
import { checkRunSize } from './manifest.ts'
import type { RunSource } from '../run-source.ts'
import { writeRunDocument } from './run-document.ts'

/** Deflate levels. Pulse counts shrink to 1/30 at the fastest level. Real numbers shrink only to 9/10 at 20 MB/s, so they stay unpacked. */
const FASTEST = 1
const NONE = 0

export type Source = RunSource & Pick<Library, 'array'>

interface PlannedEntry extends ManifestEntry {
  compressionLevel: number
  /** Array in the entry; without it, the entry is the run's document. */
  array?: { epoch: number; kind: string; name: string }
}

export interface PlannedRun extends ManifestRun {
  entries: PlannedEntry[]
}

/**
 * Plan the entries of an archive in advance, because its first entry lists the sizes and hashes of all others.
 * @throws BadInput if the runs exceed the limits of an archive
 */
export async function planArchive(library: Source, runIds: readonly string[], file: string, caps: Caps): Promise<PlannedRun[]> {
  const runs: PlannedRun[] = []
  for (const runId of new Set(runIds)) runs.push(await planRun(library, runId, file, caps))
  checkCaps(runs, file, caps)
  return runs
}

async function planRun(library: Source, runId: string, file: string, caps: Caps): Promise<PlannedRun> {
  const run = await library.overview(runId)
  const hash = createHash('sha256')
  const size = new JsonSize()
  let bytes = 0
  for await (const piece of writeRunDocument(run, library.epochs(runId))) {
    hash.update(piece)
    size.add(piece)
    bytes += piece.length
  }
  size.check({ file, entry: runEntry(runId) }, caps)
  const first = { name: runEntry(runId), bytes, sha256: hash.digest('hex'), compressionLevel: FASTEST }
  const arrays = run.arrays.map(({ bytes, sha256, codec, epoch, kind, name }, number): PlannedEntry => ({
    name: arrayEntry(runId, number), bytes, sha256, compressionLevel: codec === 'f32' ? NONE : FASTEST, array: { epoch, kind, name },
  }))
  return { runId, entries: [first, ...arrays] }
}

/** Apply the same limits as the reader. */
function checkCaps(runs: PlannedRun[], file: string, caps: Caps): void {
  const entries = [{ name: MANIFEST, bytes: manifestOf(runs).length }, ...runs.flatMap((run) => run.entries)]
  checkCount(entries.length, { file, entry: '' }, caps)
  for (const { name, bytes } of entries) checkUnpacked(bytes, { file, entry: name }, caps)
  for (const run of runs) checkRunSize(run, file, caps)
  checkTotal(entries.reduce((sum, { bytes }) => sum + bytes, 0), { file, entry: '' }, caps)
}

function manifestOf(runs: PlannedRun[]): Buffer {
  const bare = ({ name, bytes, sha256 }: PlannedEntry): ManifestEntry => ({ name, bytes, sha256 })
  const manifest: Manifest = {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    runs: runs.map(({ runId, entries }) => ({ runId, entries: entries.map(bare) })),
  }
  return Buffer.from(JSON.stringify(manifest))
}

/** Fixed date, so that the same runs give the same bytes. */
const about = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644 }

/**
 * Generate the bytes of the ZIP file. Each entry is read from the library only when it is written.
 * @param onRun receives the number of written runs before each further run
 */
export async function* zipped(library: Source, runs: PlannedRun[], onRun?: (done: number) => void): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as PassThrough
  zip.on('error', (error: Error) => output.destroy(error))
  zip.addBuffer(manifestOf(runs), MANIFEST, { ...about, compress: false })
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
function addLazily(zip: ZipFile, entry: PlannedEntry, content: () => Promise<AsyncIterable<Uint8Array>>): void {
  zip.addReadStreamLazy(entry.name, { ...about, size: entry.bytes, compressionLevel: entry.compressionLevel }, (give) => {
    const fail = (error: Error) => zip.emit('error', error)
    // yazl does not listen for errors of the streams that it reads.
    content().then((pieces) => give(null, Readable.from(pieces).on('error', fail)), fail)
  })
}

async function contentOf(library: Source, { runId }: PlannedRun, { array }: PlannedEntry): Promise<AsyncIterable<Uint8Array>> {
  if (!array) return writeRunDocument(await library.overview(runId), library.epochs(runId))
  return slices(bytesOf((await library.array(runId, array.epoch, array.kind, array.name)).data))
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
    if (left < 0 || (left === 0 && hash.copy().digest('hex') !== sha256)) throw changed(runId)
    yield piece
  }
  if (left > 0) throw changed(runId)
}

const changed = (runId: string) =>
  new BadInput(`Run ${runId}`, [{ path: '', rule: 'changed during the export. Export it again after it ends', found: '' }])

const SLICE = 2 ** 18

/** Slices, with a pause after each, because a large array takes a second. */
async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    yield bytes.subarray(at, at + SLICE)
    await setImmediate()
  }
}
