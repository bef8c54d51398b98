import { writeFileAtomically } from '../write-file.ts'
import { type ArchivedRun, elementTypes } from './archived-run.ts'
import { type Caps, defaultCaps, manifestCaps } from './caps.ts'
import { checkUnpacked, STORED } from './directory.ts'
import { MANIFEST, type Manifest, type ManifestRun, runEntry, specEntry } from './layout.ts'
import { readManifest } from './manifest.ts'
import { checkEntry, openZip, type OpenZip, readEntry } from './open-zip.ts'
import { planArchive, type Source, zipped } from './pack.ts'
import { BadInput } from '../../contract/problem.ts'
import { refusal } from './refusal.ts'
import { readRunDocument } from './run-document.ts'

export type { ArchivedArray, ArchivedRun } from './archived-run.ts'
export type { Caps } from './caps.ts'

/**
 * Write runs to one ZIP file atomically, replacing an existing file. A run listed twice is written once.
 * Reads the library twice. Holds at most some epochs of a run or one array in memory.
 * @param onRun receives the number of written runs after each run
 * @throws BadInput if the runs exceed the limits of an archive, or a run changes meanwhile; LibraryError; file system errors
 */
export async function writeArchive(
  library: Source, runIds: readonly string[], file: string, onRun?: (done: number) => void,
): Promise<void> {
  const runs = await planArchive(library, runIds, file, defaultCaps)
  await writeFileAtomically(file, zipped(library, runs, [], onRun))
  onRun?.(runs.length)
}

/**
 * Read the runs of an archive one by one. Each run is fully checked before it is yielded, but a later one can still be refused.
 * The file is closed after the last run, or when the loop is left.
 * @throws BadInput that names the file and the entry
 */
export async function* readArchive(file: string, caps: Partial<Caps> = {}): AsyncGenerator<ArchivedRun> {
  for await (const entry of examineArchive(file, caps)) {
    if ('refused' in entry) throw entry.refused
    yield entry.run
  }
}

/** A run of an archive, or why it cannot be used; of no run for another file of a crate. */
export type Examined = { runId: string; run: ArchivedRun } | { runId: string | null; refused: BadInput }

/**
 * Read all runs of an archive, and check its other files. What is damaged does not keep the rest from being read.
 * The file is closed after the last one, or when the loop is left.
 * @throws BadInput if the archive as a whole cannot be used
 */
export async function* examineArchive(file: string, caps: Partial<Caps> = {}): AsyncGenerator<Examined> {
  const archive = await openArchive(file, { ...defaultCaps, ...caps })
  const { zip, manifest: { runs, files = [] } } = archive
  try {
    for (const run of runs) yield await orRefused(run.runId, async () => ({ runId: run.runId, run: await readRun(archive, run) }))
    for (const { name, sha256 } of files) {
      const damaged = await orRefused(null, () => checkEntry(zip, name, sha256))
      if (damaged) yield damaged
    }
  } finally {
    await zip.handle.close()
  }
}

async function orRefused<Result>(runId: string | null, read: () => Promise<Result>) {
  try {
    return await read()
  } catch (error) {
    if (error instanceof BadInput) return { runId, refused: error }
    throw error
  }
}

/**
 * Number of runs according to the manifest, after the checks that need no decompression (names, sizes, counts, manifest).
 * @throws BadInput
 */
export async function inspectArchive(file: string, caps: Partial<Caps> = {}): Promise<{ runs: number }> {
  const { manifest, zip } = await openArchive(file, { ...defaultCaps, ...caps })
  await zip.handle.close()
  return { runs: manifest.runs.length }
}

interface OpenArchive {
  zip: OpenZip
  manifest: Manifest
  caps: Caps
}

async function openArchive(file: string, caps: Caps): Promise<OpenArchive> {
  const zip = await openZip(file, caps)
  try {
    const ofManifest = manifestCaps(caps, zip.directory.size)
    checkManifestEntry(zip, ofManifest)
    return { zip, manifest: readManifest(await readEntry(zip, MANIFEST, null), zip.directory, file, ofManifest), caps }
  } catch (error) {
    await zip.handle.close()
    throw error
  }
}

/** The manifest must be uncompressed, so that the content is known without decompression. It lists no more than the directory has. */
function checkManifestEntry({ file, directory }: OpenZip, caps: Caps): void {
  const entry = directory.get(MANIFEST)
  if (!entry) throw refusal({ file, entry: '' }, `must be an archive of runs, which has the entry ${MANIFEST}`)
  if (entry.compressionMethod !== STORED) throw refusal({ file, entry: MANIFEST }, 'must not be compressed')
  checkUnpacked(entry.uncompressedSize, { file, entry: MANIFEST }, caps)
}

async function readRun({ zip, manifest, caps }: OpenArchive, run: ManifestRun): Promise<ArchivedRun> {
  const hashes = new Map(run.entries.map(({ name, sha256 }) => [name, sha256]))
  const read = (name: string) => readEntry(zip, name, hashes.get(name)!)
  const spec = specEntry(run.runId)
  if (hashes.has(spec)) await checkEntry(zip, spec, hashes.get(spec)!)
  const { arrays: listed, ...document } = readRunDocument(await read(runEntry(run.runId)), run, manifest.version, zip.file, caps)
  const arrays: ArchivedRun['arrays'] = []
  for (const { entry, codec, ...array } of listed) {
    const { buffer } = await read(entry)
    arrays.push({ ...array, data: new elementTypes[codec](buffer) })
  }
  return { ...document, arrays }
}
