import type { Library } from '../../library/library.ts'
import { writeFileAtomically } from '../write-file.ts'
import { type ArchivedRun, elementTypes } from './archived-run.ts'
import { type Caps, defaultCaps } from './caps.ts'
import { STORED } from './directory.ts'
import { MANIFEST, type Manifest, type ManifestRun, runEntry } from './layout.ts'
import { readManifest } from './manifest.ts'
import { openZip, type OpenZip, readEntry } from './open-zip.ts'
import { planArchive, zipped } from './pack.ts'
import { refusal } from './refusal.ts'
import { readRunDocument } from './run-document.ts'

export type { ArchivedArray, ArchivedRun } from './archived-run.ts'
export type { Caps } from './caps.ts'

/**
 * Writes runs into one ZIP, atomically: whole or not at all; a file of that name is replaced. A run named twice is written once.
 * Two passes over the library, in each of which at most one run's metrics or one array is in memory.
 * @param onRun is told after each how many runs are in
 * @throws BadInput where they are more than an archive may hold, or a run changes meanwhile; LibraryError; errors of the file system
 */
export async function writeArchive(
  library: Pick<Library, 'get' | 'array'>, runIds: readonly string[], file: string, onRun?: (done: number) => void,
): Promise<void> {
  const runs = await planArchive(library, runIds, file, defaultCaps)
  await writeFileAtomically(file, zipped(library, runs, onRun))
  onRun?.(runs.length)
}

/**
 * The runs of an archive one after the other, each checked whole before it is given: a later one can still be refused.
 * The file is open until the last was taken or the loop is left.
 * @throws BadInput that names the file and the entry
 */
export async function* readArchive(file: string, caps: Partial<Caps> = {}): AsyncGenerator<ArchivedRun> {
  const archive = await openArchive(file, { ...defaultCaps, ...caps })
  try {
    for (const run of archive.manifest.runs) yield await readRun(archive, run)
  } finally {
    await archive.zip.handle.close()
  }
}

/**
 * How many runs it says to hold, after the checks that need no decompression (names, sizes, counts, manifest).
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
    checkManifestEntry(zip)
    return { zip, manifest: readManifest(await readEntry(zip, MANIFEST, null), zip.directory, file, caps), caps }
  } catch (error) {
    await zip.handle.close()
    throw error
  }
}

/** It is not packed, so that nothing has to be unpacked to know what there is. */
function checkManifestEntry({ file, directory }: OpenZip): void {
  const entry = directory.get(MANIFEST)
  if (!entry) throw refusal({ file, entry: '' }, `no ${MANIFEST}`, 'an archive of runs, which begins with it')
  if (entry.compressionMethod !== STORED) throw refusal({ file, entry: MANIFEST }, 'a packed entry', 'this one as it is, method 0')
}

async function readRun({ zip, caps }: OpenArchive, run: ManifestRun): Promise<ArchivedRun> {
  const hashes = new Map(run.entries.map(({ name, sha256 }) => [name, sha256]))
  const read = (name: string) => readEntry(zip, name, hashes.get(name)!)
  const { arrays: listed, ...document } = readRunDocument(await read(runEntry(run.runId)), run, zip.file, caps)
  const arrays: ArchivedRun['arrays'] = []
  for (const { entry, codec, ...array } of listed) {
    const { buffer } = await read(entry)
    arrays.push({ ...array, data: new elementTypes[codec](buffer) })
  }
  return { ...document, arrays }
}
