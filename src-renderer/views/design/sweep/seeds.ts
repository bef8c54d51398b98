import type { NumberField, NumberListField } from '../../../components/spec-form/form-model.ts'
import { rangeText } from '../../../components/spec-form/problems.ts'

export const MAX_SEEDS = 1000

const number = { kind: 'number', help: '', equation: '', source: '', advanced: false, unit: '', whole: true, slider: null } as const
export const countField: NumberField = { ...number, path: 'seeds.count', title: 'Number of seeds', start: 5, min: 1, max: MAX_SEEDS }
export const firstField: NumberField = {
  ...number, path: 'seeds.first', title: 'First seed', start: 42, min: 0, max: Number.MAX_SAFE_INTEGER - MAX_SEEDS,
}

/** Field for a list of seeds. */
export const seedsField: NumberListField =
  { ...firstField, kind: 'numbers', path: 'seeds', title: 'Seeds', shortest: 1, longest: MAX_SEEDS, max: Number.MAX_SAFE_INTEGER }

/** Count and first of consecutive seeds; null if they are not consecutive. The inverse of `seedsOf`. */
export function seriesOf(seeds: unknown): { count: number; first: number } | null {
  if (!Array.isArray(seeds) || seeds.length === 0 || typeof seeds[0] !== 'number') return null
  const [first] = seeds as [number]
  return seeds.every((seed, index) => seed === first + index) ? { count: seeds.length, first } : null
}

export const isAllowed = (value: unknown, { min, max }: NumberField): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

/** Consecutive seeds. If a number is invalid, returns that input, so that the sweep's schema rejects it. */
export function seedsOf(count: unknown, first: unknown): unknown {
  if (!isAllowed(count, countField)) return count ?? ''
  if (!isAllowed(first, firstField)) return first ?? ''
  return Array.from({ length: count }, (_, index) => first + index)
}

/** Error message for one of the two numbers; null if it is valid. */
export function numberProblem(value: unknown, field: NumberField): string | null {
  if (isAllowed(value, field)) return null
  const isEmpty = value === '' || value === undefined
  return isEmpty ? `Enter ${rangeText(field)}.` : `${field.title} must be ${rangeText(field)}.`
}
