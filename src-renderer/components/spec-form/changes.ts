import { valueText } from '../../../src-engine/experiment/value-text.ts'
import { type Field, type UnionField, variantDefaults } from './form-model.ts'
import { sameValue, valueAt } from './value.ts'

export interface Change {
  path: string
  title: string
  unit: string
  from: string
  to: string
  /** The value that reverts the change. */
  usual: unknown
}

type Document = Readonly<Record<string, unknown>>

/** The base with comparable unions: a union of another kind than the document's gets the defaults of the document's kind. */
export const comparableBase = (fields: Field[], document: Document, base: Document): Document =>
  fields.reduce((comparable, field) => {
    if (field.kind !== 'union') return comparable
    const kind = valueAt(document, `${field.path}.kind`)
    const variant = field.variants.find(({ name }) => name === kind)
    if (!variant || kind === valueAt(base, `${field.path}.kind`)) return comparable
    return { ...comparable, [field.path]: variantDefaults(variant) }
  }, base)

/** Differences between a document and its base, in the order of the form. A union of another kind is one change. */
export function changesOf(fields: Field[], document: Document, base: Document): Change[] {
  const comparable = comparableBase(fields, document, base)
  return fields.flatMap((field) => (field.kind === 'union'
    ? [...kindChange(field, document, base), ...valueChanges(variantIn(field, document)?.fields ?? [], document, comparable)]
    : valueChanges([field], document, comparable)))
}

const valueChanges = (fields: Field[], document: Document, base: Document): Change[] => fields.flatMap((field) => {
  if (field.kind === 'group') return valueChanges(field.fields, document, base)
  if (field.kind === 'union') return []
  const usual = valueAt(base, field.path) ?? field.start
  const value = valueAt(document, field.path) ?? field.start
  if (sameValue(value, usual)) return []
  const { path, title, unit } = field
  return [{ path, title, unit, from: valueText(path, usual), to: valueText(path, value), usual }]
})

function kindChange(field: UnionField, document: Document, base: Document): Change[] {
  const now = variantIn(field, document)
  const before = variantIn(field, base)
  if (now === before) return []
  return [{ path: field.path, title: field.title, unit: '', from: before?.title ?? '', to: now?.title ?? '', usual: valueAt(base, field.path) }]
}

const variantIn = (field: UnionField, document: Document) =>
  field.variants.find(({ name }) => name === valueAt(document, `${field.path}.kind`))
