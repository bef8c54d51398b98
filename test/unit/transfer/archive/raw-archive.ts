import { bytesOf, codecOf, type ReadableRun, sha256 } from './support.ts'
import { rawZip, type RawEntry } from './raw-zip.ts'

const unchanged = (document: Document): unknown => document

/** Entries of a run: `run.json` and its arrays. `edit` can change the document before it is written. */
export function entriesOf({ arrays, ...run }: ReadableRun, edit = unchanged): RawEntry[] {
  const folder = `runs/${run.summary.runId}`
  const listed = arrays.map((array, index) => {
    const { epoch, kind, name, shape } = array
    return { epoch, kind, name, shape, codec: codecOf(array), entry: `${folder}/arrays/${index}.bin` }
  })
  const document = edit(structuredClone({ ...run, arrays: listed }))
  const text = typeof document === 'string' ? document : JSON.stringify(document, texts)
  return [
    { name: `${folder}/run.json`, content: Buffer.from(text) },
    ...arrays.map((array, index) => ({ name: listed[index]!.entry, content: bytesOf(array), method: 0 })),
  ]
}

export type Document = Omit<ReadableRun, 'arrays'> & { arrays: Record<string, unknown>[] }

export interface Manifest {
  format: string
  version: number
  runs: { runId: string; entries: { name: string; bytes: number; sha256: string }[] }[]
}

/** Manifest of these entries, run by run. */
export function manifestOf(entries: readonly RawEntry[]): Manifest {
  const runs = new Map<string, Manifest['runs'][number]>()
  for (const { name, content } of entries) {
    const runId = String(name).split('/')[1]!
    if (!runs.has(runId)) runs.set(runId, { runId, entries: [] })
    runs.get(runId)!.entries.push({ name: String(name), bytes: content.length, sha256: sha256(content) })
  }
  return { format: 'chalcogen-archive', version: 2, runs: [...runs.values()] }
}

export const manifestEntry = (manifest: unknown): RawEntry =>
  ({ name: 'manifest.json', content: Buffer.from(typeof manifest === 'string' ? manifest : JSON.stringify(manifest)), method: 0 })

/** Archive of these entries with a correct manifest. */
export const rawArchive = (entries: readonly RawEntry[]): Buffer => rawZip([manifestEntry(manifestOf(entries)), ...entries])

const texts = (_key: string, value: unknown) =>
  (typeof value === 'number' && (Object.is(value, -0) || !Number.isFinite(value)) ? (Object.is(value, -0) ? '-0' : String(value)) : value)
