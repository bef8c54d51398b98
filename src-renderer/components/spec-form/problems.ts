import type { Problem } from '../../../src-engine/spec/problem.ts'
import { formatCount } from '../format.ts'
import type { LeafField, NumberField, NumberListField } from './form-model.ts'

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

/** What is wrong without where. */
export const problemText = (problem: Problem, fields: readonly LeafField[]): string =>
  capital(foundAndAllowed(problem, fields.find((one) => concerns(problem, one))))

function foundAndAllowed(problem: Problem, field: LeafField | undefined): string {
  const found = problem.found === '""' ? 'nothing' : problem.found
  const range = field && isOfWrongType(problem) ? rangeText(field) : ''
  return `found ${found}; allowed: ${range || problem.allowed}`
}

const concerns = ({ path }: Problem, field: LeafField) => path === field.path || path.startsWith(`${field.path}.`)

const capital = (text: string) => text[0].toUpperCase() + text.slice(1)

/** 'from 0.01 to 100'; empty where the field has no range worth saying. */
export function rangeText(field: LeafField): string {
  if (field.kind === 'number') return `${field.whole ? 'a whole number' : 'a number'} ${boundsText(field)}`
  if (field.kind === 'numbers') return `1 to ${field.longest} numbers ${boundsText(field)}, with commas between`
  return field.kind === 'text' ? `a text of up to ${field.longest} characters` : ''
}

type Bounds = Pick<NumberField | NumberListField, 'min' | 'max'>

/** Whatever a double can count is no bound that anyone has to know. */
const isOpen = ({ max }: Bounds) => max >= Number.MAX_SAFE_INTEGER

function boundsText({ min, max }: Bounds): string {
  return isOpen({ min, max }) ? `from ${min}` : `from ${min} to ${max <= 1e6 && max >= 1e4 ? formatCount(max) : max}`
}

const isOfWrongType = ({ allowed }: Problem) => /^(a|an) (number|array|string|whole number)$/.test(allowed)

/** Problems of the parts of the document that no field shows. */
export const problemsElsewhere = (shown: readonly LeafField[], problems: readonly Problem[]): Problem[] =>
  problems.filter((problem) => !shown.some((field) => concerns(problem, field)))

/** The range beside the input: '0.1 – 10 000', '1e-3 – 1e6'; empty where it is open. */
export function shortRange(field: LeafField): string {
  if (field.kind !== 'number' || isOpen(field)) return ''
  const { min, max } = field
  const tiny = (value: number) => value !== 0 && Math.abs(value) < 1e-2
  const scientific = (value: number) => Math.abs(value) > 1e6 || tiny(value) || (Math.abs(value) >= 1e4 && tiny(min))
  const short = (value: number) => {
    if (scientific(value)) return value.toExponential().replace('e+', 'e')
    return Number.isInteger(value) ? formatCount(value) : String(value)
  }
  return `${short(min)} – ${short(max)}`
}
