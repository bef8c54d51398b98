import type { Field, GroupField, LeafField, UnionField } from './form-model.ts'
import { valueAt } from './value.ts'

type Document = Readonly<Record<string, unknown>>

/**
 * Paths of the fields that match every word of a search, and of the groups around them; null without a search. A word matches in the
 * title, path, unit, help or equation of a field, or in the titles above it. Of a union, only the document's kind is searched.
 */
export function foundPaths(fields: readonly Field[], document: Document, search: string): ReadonlySet<string> | null {
  const words = wordsOf(search)
  return words.length === 0 ? null : new Set(fields.flatMap((field) => found(field, document, words, '')))
}

/** Matching fields of the other kinds: 'Pairs per synapse (Multi-memristor)'. */
export function foundInOtherKinds(fields: readonly Field[], document: Document, search: string): string[] {
  const words = wordsOf(search)
  const unions = fields.filter((field): field is UnionField => field.kind === 'union')
  return unions.flatMap((union) => union.variants
    .filter(({ name }) => name !== kindOf(union, document))
    .flatMap((variant) => leaves(variant.fields)
      .filter((leaf) => hasAll(`${union.title} ${variant.title} ${textOf(leaf)}`, words))
      .map((leaf) => `${leaf.title} (${variant.title})`)))
}

const wordsOf = (search: string) => search.toLowerCase().split(/\s+/).filter(Boolean)

const kindOf = ({ path }: UnionField, document: Document) => valueAt(document, `${path}.kind`)

function found(field: Field, document: Document, words: string[], above: string): string[] {
  if (field.kind !== 'group' && field.kind !== 'union') return hasAll(`${above} ${textOf(field)}`, words) ? [field.path] : []
  const within = `${above} ${field.title}`
  const below = fieldsIn(field, document).flatMap((one) => found(one, document, words, within))
  const isItself = field.kind === 'union' && hasAll(`${within} ${field.path}.kind ${field.variants.map(({ title }) => title).join(' ')}`, words)
  return below.length > 0 || isItself ? [field.path, ...below] : []
}

const fieldsIn = (field: GroupField | UnionField, document: Document) =>
  (field.kind === 'group' ? field.fields : field.variants.find(({ name }) => name === kindOf(field, document))?.fields ?? [])

const leaves = (fields: readonly Field[]): LeafField[] => fields.flatMap((field) =>
  (field.kind === 'group' ? leaves(field.fields) : field.kind === 'union' ? [] : [field]))

const textOf = ({ title, path, unit, help, equation }: LeafField) => [title, path, unit, help, equation].join(' ')

const hasAll = (text: string, words: readonly string[]) => {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}
