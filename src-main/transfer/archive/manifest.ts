import type { Entry } from 'yauzl'
import type { Caps } from './caps.ts'
import type { Directory } from './directory.ts'
import { readJson } from './json.ts'
import { ARCHIVE_FORMAT, ARCHIVE_VERSION, MANIFEST, type Manifest, type ManifestRun, manifestSchema, runEntry } from './layout.ts'
import { type Place, refusal, schemaRefusal, shown } from './refusal.ts'

/**
 * A manifest that names exactly the entries that are there.
 * @throws BadInput also where it is of another format, or of a newer version
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

/** @throws BadInput where a run takes more than `caps.runBytes` */
export function checkRunSize({ runId, entries }: ManifestRun, file: string, { runBytes }: Caps): void {
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0)
  if (bytes > runBytes) throw refusal({ file, entry: '' }, `a run of ${bytes} bytes, ${runId}`, `at most ${runBytes}`)
}

function checkVersion(document: unknown, place: Place): void {
  const { format, version } = (document ?? {}) as Record<string, unknown>
  if (format !== ARCHIVE_FORMAT) throw refusal(place, 'a document of another kind', `the format "${ARCHIVE_FORMAT}"`)
  if (typeof version === 'number' && version > ARCHIVE_VERSION) {
    throw refusal(place, `version ${version}`, `up to ${ARCHIVE_VERSION}; update the application`)
  }
}

function checkEntries({ runs }: Manifest, directory: Directory, place: Place): void {
  const left = new Set(directory.keys())
  left.delete(MANIFEST)
  for (const { runId, entries } of runs) {
    if (!entries.some(({ name }) => name === runEntry(runId))) throw refusal(place, `run ${runId} without ${runEntry(runId)}`, 'each with its own')
    for (const { name, bytes } of entries) {
      if (!name.startsWith(`runs/${runId}/`)) throw refusal(place, `entry ${shown(name)} in run ${runId}`, `entries below runs/${runId}`)
      if (!left.delete(name)) throw refusal(place, `entry ${shown(name)}, which is missing or named before`, 'entries that are there, each once')
      checkBytes(directory.get(name)!, bytes, { ...place, entry: name })
    }
  }
  for (const name of left) throw refusal({ file: place.file, entry: name }, 'an entry that the manifest does not name', 'only those it names')
}

function checkBytes({ uncompressedSize }: Entry, bytes: number, place: Place): void {
  if (uncompressedSize !== bytes) throw refusal(place, `${uncompressedSize} bytes, unpacked`, `${bytes}, as the manifest says`)
}
