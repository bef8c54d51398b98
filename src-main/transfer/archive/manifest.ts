import type { Entry } from 'yauzl'
import type { Caps } from './caps.ts'
import type { Directory } from './directory.ts'
import { readJson } from './json.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, MANIFEST, type Manifest, type ManifestRun, manifestSchema, runEntry } from './layout.ts'
import { type Place, refusal, schemaRefusal, shown } from './refusal.ts'

/**
 * Read a manifest and check that it lists exactly the entries of the archive.
 * @throws BadInput, also if it has another format or a newer version
 */
export function readManifest(bytes: Uint8Array, directory: Directory, file: string, caps: Caps): Manifest {
  const place = { file, entry: MANIFEST }
  const document = readJson(bytes, place, caps)
  checkVersion(document, place)
  const parsed = manifestSchema.safeParse(document)
  if (!parsed.success) throw schemaRefusal(place, parsed.error, document)
  checkEntries(parsed.data, directory, place)
  for (const run of parsed.data.runs) checkRunSize(run, file, caps)
  return parsed.data
}

/** @throws BadInput if a run is larger than `caps.runBytes` */
export function checkRunSize({ runId, entries }: ManifestRun, file: string, { runBytes }: Caps): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  if (bytes > runBytes) throw refusal({ file, entry: '' }, `must have at most ${runBytes} bytes per run`, `${bytes} bytes in run ${runId}`)
}

function checkVersion(document: unknown, place: Place): void {
  const { format, version } = (document ?? {}) as Record<string, unknown>
  if (format !== ARCHIVE_FORMAT) throw refusal(place, `must have the format "${ARCHIVE_FORMAT}"`)
  if (typeof version === 'number' && version > ARCHIVE_VERSION) {
    throw refusal(place, `must have at most version ${ARCHIVE_VERSION}. Update the application`, `version ${version}`)
  }
}

function checkEntries({ runs, files = [] }: Manifest, directory: Directory, place: Place): void {
  const left = new Set(directory.keys())
  left.delete(MANIFEST)
  const take = (name: string, bytes: number) => {
    if (!left.delete(name)) throw refusal(place, 'must list each entry of the archive once, and no other', shown(name))
    checkBytes(directory.get(name)!, bytes, { ...place, entry: name })
  }
  for (const { runId, entries } of runs) {
    if (!entries.some(({ name }) => name === runEntry(runId))) throw refusal(place, `must list ${runEntry(runId)} for run ${runId}`)
    for (const { name, bytes } of entries) {
      if (!name.startsWith(`runs/${runId}/`)) throw refusal(place, `must only list entries below runs/${runId} for run ${runId}`, shown(name))
      take(name, bytes)
    }
  }
  for (const { name, bytes } of files) {
    if (name.startsWith('runs/')) throw refusal(place, 'must list entries below runs for their run', shown(name))
    take(name, bytes)
  }
  for (const name of left) throw refusal({ file: place.file, entry: name }, 'is not listed in the manifest')
}

function checkBytes({ uncompressedSize }: Entry, bytes: number, place: Place): void {
  if (uncompressedSize !== bytes) throw refusal(place, `must have the ${bytes} bytes that the manifest lists`, `${uncompressedSize} bytes`)
}
