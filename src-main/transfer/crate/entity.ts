import type { ManifestEntry } from '../archive/layout.ts'

/** One entity of the graph of a crate. */
export interface Entity {
  '@id': string
  '@type': string
  [property: string]: unknown
}

export const reference = (id: string) => ({ '@id': id })
export const references = (ids: readonly string[]) => ids.map(reference)

interface Words {
  name: string
  description: string
}

export const fileEntity = ({ name, bytes, sha256 }: ManifestEntry, encodingFormat: string, words: Words): Entity => ({
  '@id': name, '@type': 'File', ...words, encodingFormat, 'contentSize': String(bytes), sha256,
})

/** A text as a part of the id of an entity. */
export const idPart = (text: string) => encodeURIComponent(text.toWellFormed())
