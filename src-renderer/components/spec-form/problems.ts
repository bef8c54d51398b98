import type { Problem } from '../../../src-engine/spec/problem.ts'
import type { LeafField } from './form-model.ts'

/** What is wrong with a field, its list's entries included; null where nothing is. */
export function fieldProblem(field: LeafField, problems: readonly Problem[]): string | null {
  const problem = problems.find((one) => concerns(one, field))
  return problem ? capital(foundAndAllowed(problem, field)) : null
}

/** One problem in a line of its own, with the field's title where a field shows it. */
export function problemLine(problem: Problem, fields: readonly LeafField[]): string {
  const field = fields.find((one) => concerns(problem, one))
  return `${field?.title ?? (problem.path || 'The spec')}: ${foundAndAllowed(problem, field)}`
}

function foundAndAllowed(problem: Problem, field: LeafField | undefined): string {
  const found = problem.found === '""' ? 'nothing' : problem.found
  const range = field && isOfWrongType(problem) ? rangeText(field) : ''
  return `found ${found}; allowed: ${range || problem.allowed}`
}

const concerns = ({ path }: Problem, field: LeafField) => path === field.path || path.startsWith(`${field.path}.`)

const capital = (text: string) => text[0].toUpperCase() + text.slice(1)

/** 'from 0.01 to 100'; empty where the field has no range worth saying. */
export function rangeText(field: LeafField): string {
  if (field.kind === 'number') return `${field.whole ? 'a whole number' : 'a number'} from ${field.min} to ${field.max}`
  if (field.kind === 'numbers') return `1 to ${field.longest} numbers from ${field.min} to ${field.max}, with commas between`
  return field.kind === 'text' ? `a text of up to ${field.longest} characters` : ''
}

const isOfWrongType = ({ allowed }: Problem) => /^(a|an) (number|array|string|whole number)$/.test(allowed)

/** Problems of the parts of the document that no field shows. */
export const problemsElsewhere = (shown: readonly LeafField[], problems: readonly Problem[]): Problem[] =>
  problems.filter((problem) => !shown.some((field) => concerns(problem, field)))

/** The range beside the input: '0.1 – 1e4'. */
export const shortRange = (field: LeafField): string =>
  field.kind === 'number' ? `${shortNumber(field.min)} – ${shortNumber(field.max)}` : ''

const shortNumber = (value: number) => (Math.abs(value) >= 1e4 || (value !== 0 && Math.abs(value) < 1e-2)
  ? value.toExponential().replace(/^(\d)\.\d+e/, '$1e').replace('e+', 'e')
  : String(value))
