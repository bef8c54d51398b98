import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { ZipFile } from 'yazl'
import { BadInput } from '../../contract/problem.ts'
import type { RunDetail } from '../../contract/run.ts'
import { bytesOf, sha256Of } from '../../library/codec.ts'
import type { Library } from '../../library/library.ts'
import type { Caps } from './caps.ts'
import { checkCount, checkTotal, checkUnpacked } from './directory.ts'
import { checkJson } from './json.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, arrayEntry, MANIFEST, type Manifest, type ManifestEntry, type ManifestRun, runEntry } from './layout.ts'
import { checkRunSize } from './manifest.ts'
import { writeRunDocument } from './run-document.ts'

/** Deflate levels. Pulse counts shrink to 1/30 at the fastest level. Real numbers shrink only to 9/10 at 20 MB/s, so they stay unpacked. */
const FASTEST = 1
const NONE = 0

type Source = Pick<Library, 'get' | 'array'>

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
  for (const runId of new Set(runIds)) runs.push(planRun(await library.get(runId), file, caps))
  checkCaps(runs, file, caps)
  return runs
}

function planRun(run: RunDetail, file: string, caps: Caps): PlannedRun {
  const { runId } = run.summary
  const document = writeRunDocument(run)
  checkJson(document, { file, entry: runEntry(runId) }, caps)
  const first = { name: runEntry(runId), bytes: document.length, sha256: sha256Of(document), compressionLevel: FASTEST }
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
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  zip.addBuffer(manifestOf(runs), MANIFEST, { ...about, compress: false })
  for (const [index, run] of runs.entries()) {
    for (const entry of run.entries) {
      addLazily(zip, entry, async () => {
        if (index > 0 && entry === run.entries[0]) onRun?.(index)
        return contentOf(library, run, entry)
      })
    }
  }
  zip.end()
  yield* output
}

/** Add an entry whose content is loaded on demand. yazl requests an entry when the one before it is written. */
function addLazily(zip: ZipFile, entry: PlannedEntry, content: () => Promise<Uint8Array>): void {
  zip.addReadStreamLazy(entry.name, { ...about, size: entry.bytes, compressionLevel: entry.compressionLevel }, (give) => {
    content().then((whole) => give(null, Readable.from(slices(whole))), (error: Error) => zip.emit('error', error))
  })
}

async function contentOf(library: Source, { runId }: PlannedRun, { sha256, array }: PlannedEntry): Promise<Uint8Array> {
  const content = array
    ? bytesOf((await library.array(runId, array.epoch, array.kind, array.name)).data)
    : writeRunDocument(await library.get(runId))
  if (await sha256OfSlices(content) !== sha256) {
    throw new BadInput(`Run ${runId}`, [{ path: '', rule: 'changed during the export. Export it again after it ends', found: '' }])
  }
  return content
}

/** Hash in slices and yield in between, because a large array takes a second. */
async function sha256OfSlices(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256')
  for (const slice of slices(bytes)) {
    hash.update(slice)
    await setImmediate()
  }
  return hash.digest('hex')
}

const SLICE = 2 ** 18

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += SLICE) yield bytes.subarray(at, at + SLICE)
}
