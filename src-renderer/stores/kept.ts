import type * as z from 'zod'

/**
 * What this window keeps for itself between starts: places, theme, draft. Results live in the library, never here.
 * Whatever does not pass the schema (an older version, a damaged profile) counts as absent.
 */
export function readKept<T>(key: string, schema: z.ZodType<T>): T | null {
  const text = localStorage.getItem(keyOf(key))
  if (text === null) return null
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Returns false where there was no room. */
export function keep(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(keyOf(key), JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

const keyOf = (key: string) => `chalcogen.${key}`
