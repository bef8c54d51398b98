import type { Problem } from '../../../src-engine/spec/problem.ts'
import type { LeafField } from './form-model.ts'

/** What is wrong with a field, its list's entries included; null where nothing is. */
export function fieldProblem(field: LeafField, problems: readonly Problem[]): string | null {
  const problem = problems.find(({ path }) => path === field.path || path.startsWith(`${field.path}.`))
  if (!problem) return null
  const typed = problem.found === '""' ? 'nothing' : problem.found
  return `Found ${typed}; allowed: ${isOfWrongType(problem) ? rangeText(field) || problem.allowed : problem.allowed}`
}

/** 'from 0.01 to 100'; empty where the field has no range worth saying. */
export function rangeText(field: LeafField): string {
  if (field.kind === 'number') return `${field.whole ? 'a whole number' : 'a number'} from ${field.min} to ${field.max}`
  if (field.kind === 'numbers') return `1 to ${field.longest} numbers from ${field.min} to ${field.max}, with commas between`
  return ''
}

const isOfWrongType = ({ allowed }: Problem) => /^(a|an) (number|array|whole number)$/.test(allowed)

/** Problems of the parts of the document that no field shows. */
export const problemsElsewhere = (shown: readonly LeafField[], problems: readonly Problem[]): Problem[] =>
  problems.filter(({ path }) => !shown.some((field) => path === field.path || path.startsWith(`${field.path}.`)))

/** The range beside the input: '1 – 4 096'. */
export const shortRange = (field: LeafField): string =>
  field.kind === 'number' ? `${shortNumber(field.min)} – ${shortNumber(field.max)}` : ''

const shortNumber = (value: number) => (Math.abs(value) >= 1e6 ? value.toExponential(0).replace('e+', 'e') : String(value))
