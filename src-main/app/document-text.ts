import type { KeptSamples } from '../../src-engine/experiment/task.ts'
import { keptSamplesSchema } from '../../src-engine/experiment/task.ts'
import type { Library } from '../library/library.ts'

type Group = Record<string, unknown>

/**
 * The text of a spec or a sweep that is complete in itself: with the samples that it refers to.
 * @throws LibraryError no-samples, damaged
 */
export async function documentText(library: Pick<Library, 'samplesText'>, document: unknown): Promise<string> {
  let kept: KeptSamples | null = null
  const marked = withMark(document, (samples) => { kept = samples })
  const text = `${JSON.stringify(marked, null, 2)}\n`
  if (kept === null) return text
  const { sha256 } = kept as KeptSamples
  // A million numbers are written by the library's thread, not here.
  const numbers = await library.samplesText(sha256)
  return text.replace(`"${markOf(sha256)}"`, () => numbers)
}

const markOf = (sha256: string) => `samples ${sha256}`

/** The document with a mark in place of kept samples, in its task or in that of its spec. */
function withMark(document: unknown, found: (samples: KeptSamples) => void): unknown {
  if (!isGroup(document)) return document
  if (isGroup(document.spec)) return { ...document, spec: withMark(document.spec, found) }
  if (!isGroup(document.task)) return document
  const kept = keptSamplesSchema.safeParse(document.task.samples)
  if (!kept.success) return document
  found(kept.data)
  return { ...document, task: { ...document.task, samples: markOf(kept.data.sha256) } }
}

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)
