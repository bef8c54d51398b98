/** A spec while it is being written: names are the schema's, values may still be wrong. */
export type SpecDocument = Readonly<Record<string, unknown>>

/** The value at `task.refresh.above`; undefined where the document does not reach that far. */
export function valueAt(document: unknown, path: string): unknown {
  let value = document
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as SpecDocument)[key]
  }
  return value
}

/** A copy with the value at `path`; undefined removes it. Groups on the way are made where absent. */
export function withValueAt(document: SpecDocument, path: string, value: unknown): SpecDocument {
  const [key, ...rest] = path.split('.')
  if (rest.length > 0) return { ...document, [key]: withValueAt(groupAt(document, key), rest.join('.'), value) }
  if (value !== undefined) return { ...document, [key]: value }
  return Object.fromEntries(Object.entries(document).filter(([name]) => name !== key))
}

export const sameValue = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function groupAt(document: SpecDocument, key: string): SpecDocument {
  const value = Object.hasOwn(document, key) ? document[key] : null
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value as SpecDocument : {}
}
