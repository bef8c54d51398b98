import { formatCount, formatExact, formatTick } from '../../../src-engine/format/numbers.ts'
import { describeProblem, MISSING, oneOf, type Problem } from '../../../src-engine/experiment/problem.ts'
import type { LeafField, NumberField, NumberListField } from './form-model.ts'

/** The message beside a field: 'Firing threshold must be between 0.0001 and 1000.'; null if the field and its entries are valid. */
export function fieldProblem(field: LeafField, problems: readonly Problem[]): string | null {
  const problem = problems.find((one) => concerns(one, field))
  return problem ? messageBeside(problem, field) : null
}

/** The message away from the field: it names the field, or the path if there is no field, and what was found. */
export function problemLine(problem: Problem, fields: readonly LeafField[]): string {
  const field = fieldOf(problem, fields)
  if (!field) return grouped(describeProblem(problem))
  if (isMissing(problem)) return `${field.title} is missing. ${instruction(field)}`
  if (isEntry(problem, field)) return `${field.title}: ${messageBeside(problem, field)}`
  return grouped(describeProblem({ ...problem, rule: ruleOf(problem, field) }, field.title))
}

function messageBeside(problem: Problem, field: LeafField): string {
  if (isMissing(problem)) return instruction(field)
  if (isEntry(problem, field)) return grouped(describeProblem(problem, entryName(problem, field)))
  // The input already shows what was typed; only a problem in a file has more to say.
  const found = field.kind === 'text' && !/^["']/.test(problem.found) ? problem.found : ''
  return grouped(describeProblem({ ...problem, rule: ruleOf(problem, field), found }, field.title))
}

/** The field that a problem concerns; undefined if there is none. */
export const fieldOf = (problem: Problem, fields: readonly LeafField[]) => fields.find((field) => concerns(problem, field))

const concerns = ({ path }: Problem, field: LeafField) => path === field.path || path.startsWith(`${field.path}.`)

const isEntry = ({ path }: Problem, field: LeafField) => path !== field.path

/** 'Value 2' for `task.frequencies.1`. */
function entryName({ path }: Problem, field: LeafField): string {
  const entry = path.slice(field.path.length + 1)
  const [, index, part] = /^(\d+)(?:\.(.+))?$/.exec(entry) ?? []
  if (index === undefined) return entry
  return [`Value ${Number(index) + 1}`, part].filter(Boolean).join(', ')
}

const isMissing = ({ found }: Problem) => found === MISSING || found === '""'

/** Some rules of the schema are worded for JSON, or say less than the field knows. */
function ruleOf({ rule }: Problem, field: LeafField): string {
  if (field.kind === 'numbers' && /^must (be a list|have at (least|most))/.test(rule)) return `must be ${rangeText(field)}`
  if (field.kind === 'entries' && field.prompt && /^must be a list/.test(rule)) return field.prompt
  if (field.kind === 'number' && /^must be a (whole )?number$/.test(rule)) return `must be ${rangeText(field)}`
  if (field.kind === 'choice' && rule.startsWith('must be "')) return `must be ${oneOf(field.options.map(({ title }) => title))}`
  return rule
}

/** What to do about an empty field: 'Enter 0 to 1000 Hz.', 'Choose a file.' */
function instruction(field: LeafField): string {
  switch (field.kind) {
    case 'text': return field.prompt ?? 'Enter text.'
    case 'choice': return `Choose ${oneOf(field.options.map(({ title }) => title))}.`
    case 'switch': return 'Turn it on or off.'
    default: return `Enter ${rangeText(field)}.`
  }
}

/** '0 to 1000 Hz', 'a whole number from 1 to 4096'; empty if the field has no range worth showing. */
export function rangeText(field: LeafField): string {
  switch (field.kind) {
    case 'number': return field.whole ? `a whole number ${ends(field)}` : ends(field).replace(/^(from|of) /, '')
    case 'numbers': return `${field.shortest === 0 ? 'up' : field.shortest} to ${field.longest} ${field.whole ? 'whole numbers' : 'numbers'} ${ends(field)}, separated by commas`
    case 'text': return `up to ${field.longest} characters`
    default: return ''
  }
}

type Bounds = Pick<NumberField | NumberListField, 'min' | 'max' | 'unit'>

/** A seed may be almost as large as a double can count: no bound that anyone needs to know. */
const isOpen = ({ max }: Pick<Bounds, 'max'>) => max > Number.MAX_SAFE_INTEGER / 2

function ends({ min, max, unit }: Bounds): string {
  const range = isOpen({ max }) ? `of ${formatExact(min)} or more` : `from ${formatExact(min)} to ${formatExact(max)}`
  return unit ? `${range} ${unit}` : range
}

/** Thin spaces in whole numbers of five digits and more, as in tables. */
const grouped = (text: string) => text.replace(/(?<![\w.−-])\d{5,16}(?![\w.]*\w)/g, (digits) => formatCount(Number(digits)))

/** Problems of parts of the document that have no field. */
export const problemsElsewhere = (shown: readonly LeafField[], problems: readonly Problem[]): Problem[] =>
  problems.filter((problem) => !shown.some((field) => concerns(problem, field)))

/** The range beside the input: '0.1 – 1000', '10⁻⁴ – 10⁶'; empty if it is open. */
export function shortRange(field: LeafField): string {
  if (field.kind !== 'number' || isOpen(field)) return ''
  const { min, max } = field
  return `${formatTick(min, true)} – ${formatTick(max, true)}`
}
