import type { ParameterValue } from '../../src-engine/analysis/parameters.ts'

/** A parameter as a table shows it: it was chosen, so every digit counts. */
export function valueText(value: ParameterValue | null): string {
  if (value === null) return '–'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  return String(value)
}
