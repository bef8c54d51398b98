import type { NumberField, NumberListField } from '../../../components/spec-form/form-model.ts'
import { formatCount } from '../../../components/format.ts'

export const MOST_SEEDS = 1000

const number = { kind: 'number', help: '', equation: '', source: '', advanced: false, unit: '', whole: true, slider: null } as const
export const countField: NumberField = { ...number, path: 'seeds.count', title: 'Seeds', start: 5, min: 1, max: MOST_SEEDS }
export const firstField: NumberField = {
  ...number, path: 'seeds.first', title: 'from', start: 42, min: 0, max: Number.MAX_SAFE_INTEGER - MOST_SEEDS,
}

/** Each by itself. */
export const seedsField: NumberListField =
  { ...firstField, kind: 'numbers', path: 'seeds', title: 'Seeds', longest: MOST_SEEDS, max: Number.MAX_SAFE_INTEGER }

/** '5 seeds from 42' as a document has it, and back; null where they do not follow one another. */
export function seriesOf(seeds: unknown): { count: number; first: number } | null {
  if (!Array.isArray(seeds) || seeds.length === 0 || typeof seeds[0] !== 'number') return null
  const [first] = seeds as [number]
  return seeds.every((seed, index) => seed === first + index) ? { count: seeds.length, first } : null
}

export const isAllowed = (value: unknown, { min, max }: NumberField): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max

/** Seeds in a row; where a number of them is none, that number itself, which no sweep accepts. */
export function seedsOf(count: unknown, first: unknown): unknown {
  if (!isAllowed(count, countField)) return count ?? ''
  if (!isAllowed(first, firstField)) return first ?? ''
  return Array.from({ length: count }, (_, index) => first + index)
}

/** What is wrong with one of the two numbers; null where nothing is. */
export function numberProblem(value: unknown, field: NumberField): string | null {
  if (isAllowed(value, field)) return null
  const found = value === '' || value === undefined ? 'nothing' : typeof value === 'string' ? JSON.stringify(value) : String(value)
  const to = field.max === MOST_SEEDS ? ` to ${formatCount(field.max)}` : ''
  return `Found ${found}; allowed: a whole number from ${field.min}${to}`
}
