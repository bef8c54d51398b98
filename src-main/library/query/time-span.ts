import type { QueryTime } from '../../../src-engine/query/time.ts'

/** A day, a minute or any other span that a query names, from its begin to before its end, in ISO 8601, UTC. */
export function spanOf({ parts, utc }: QueryTime): { begin: string; end: string } {
  const next = parts.map((part, index) => (index === parts.length - 1 ? part + 1 : part))
  return { begin: instantOf(parts, utc), end: instantOf(next, utc) }
}

function instantOf(parts: readonly number[], utc: boolean): string {
  const [year, month = 1, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = parts
  const date = new Date(0)
  if (utc) {
    date.setUTCFullYear(year!, month - 1, day)
    date.setUTCHours(hour, minute, second, ms)
  } else {
    date.setFullYear(year!, month - 1, day)
    date.setHours(hour, minute, second, ms)
  }
  return date.toISOString()
}
