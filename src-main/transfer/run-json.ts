import type { RunDetail } from '../contract/run.ts'

export const JSON_FORMAT = 'chalcogen-runs'
export const JSON_VERSION = 1

/**
 * Runs as one JSON document `{ format, version, runs }`, each run as the library returns it.
 * JSON has no NaN, infinities or −0, so these are the strings "NaN", "Infinity", "-Infinity" and "-0".
 * All other numbers read back to the same bits.
 */
export function runsToJson(runs: RunDetail[]): string {
  const document = { format: JSON_FORMAT, version: JSON_VERSION, runs }
  return `${JSON.stringify(document, (_key, value: unknown) => (typeof value === 'number' ? numberToJson(value) : value), 2)}\n`
}

function numberToJson(value: number): number | string {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? value : String(value)
}
