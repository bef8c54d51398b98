import type * as z from 'zod'
import { asList } from '../run-json.ts'

const texts: Record<string, number> = { 'NaN': NaN, 'Infinity': Infinity, '-Infinity': -Infinity, '-0': -0 }

/** Replacer for `JSON.stringify` that converts NaN, infinities and −0 to the same strings as `../run-json.ts`. */
export function numberToText(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return asList(value)
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}

/**
 * Parse a document written with `numberToText`. Such a string becomes a number only if the schema refuses the string, because
 * a run can have the name "NaN".
 * @param document is modified
 */
export function parseWithNumbers<T>(schema: z.ZodType<T>, document: unknown): z.ZodSafeParseResult<T> {
  const parsed = schema.safeParse(document)
  if (parsed.success) return parsed
  const replaced = parsed.error.issues.filter(({ path }) => replaceText(document, path))
  return replaced.length > 0 ? schema.safeParse(document) : parsed
}

function replaceText(document: unknown, path: PropertyKey[]): boolean {
  const key = path.at(-1)
  const parent = path.slice(0, -1).reduce(valueOf, document)
  const value = key === undefined ? undefined : valueOf(parent, key)
  if (typeof value !== 'string' || !Object.hasOwn(texts, value)) return false
  ;(parent as Record<PropertyKey, unknown>)[key!] = texts[value]
  return true
}

const valueOf = (from: unknown, key: PropertyKey): unknown =>
  (typeof from === 'object' && from !== null && Object.hasOwn(from, key) ? (from as Record<PropertyKey, unknown>)[key] : undefined)
