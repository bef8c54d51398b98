/** A spec while it is being edited. Names follow the schema; values may still be invalid. */
export type SpecDocument = Readonly<Record<string, unknown>>

/** A copy with `value` at `path`; undefined removes the entry. Missing groups on the path are created. */
export function withValueAt(document: SpecDocument, path: string, value: unknown): SpecDocument {
  const [key = '', ...rest] = path.split('.')
  if (rest.length > 0) return { ...document, [key]: withValueAt(groupAt(document, key), rest.join('.'), value) }
  if (value !== undefined) return { ...document, [key]: value }
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key))
}

function groupAt(document: SpecDocument, key: string): SpecDocument {
  const value = Object.hasOwn(document, key) ? document[key] : null
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as SpecDocument : {}
}
