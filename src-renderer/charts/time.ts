import { labelOf, type Quantity } from './figure.ts'

/** Time of a sequence: how it is named, and the length of a step in its unit. Without a known time step it is counted in steps. */
export function timeOf(dt: number | null): { quantity: Quantity; label: string; step: number } {
  const quantity = dt === null ? { name: 'Step' } : { name: 'Time', unit: 'ms' }
  return { quantity, label: labelOf(quantity), step: dt ?? 1 }
}
