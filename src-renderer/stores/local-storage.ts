import type * as z from 'zod'

/**
 * Read what this window saved in localStorage: layout, theme, draft. Results live in the library, never here.
 * @returns null if the value is missing or fails the schema, as after an upgrade or in a damaged profile
 */
export function readLocal<T>(key: string, schema: z.ZodType<T>): T | null {
  const text = localStorage.getItem(keyOf(key))
  if (text === null) return null
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Save a value in localStorage. @returns false if the storage is full */
export function saveLocal(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(keyOf(key), JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

const keyOf = (key: string) => `chalcogen.${key}`
