import { labelOf } from './chart.ts'

/** Time of a sequence: how it is named, and the length of a step in its unit. Without a known time step it is counted in steps. */
export function timeOf(dt: number | null): { label: string; step: number } {
  return { label: dt === null ? 'Step' : labelOf({ name: 'Time', unit: 'ms' }), step: dt ?? 1 }
}
