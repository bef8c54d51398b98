import type * as z from 'zod'
import { listed } from '../format/words.ts'

/** One error in a document from outside: where it is, which rule it breaks, and what was found. */
export interface Problem {
  /** As written in the document: `scheme.refresh.above`. Empty for the document itself. */
  path: string
  /**
   * The predicate of a sentence about the place, without its last period: 'must be between 0 and 25 µS'. Further sentences may follow:
   * 'is not a setting. Did you mean training.epochs?'
   */
  rule: string
  /** The value, never rounded; `MISSING` if there is none, empty if the rule already says it. */
  found: string
}

/** What was found if a required value is missing. */
export const MISSING = 'nothing'

export class BadInput extends Error {
  readonly problems: Problem[]
  /** @param source what was read, as the user named it: a file, a preset, "The form". */
  constructor(source: string, problems: Problem[]) {
    super(messageOf(source, problems))
    this.name = 'BadInput'
    this.problems = problems
  }
}

/** The source is the subject of what is wrong with the whole document, and the heading of what is wrong inside it. */
function messageOf(source: string, problems: Problem[]): string {
  if (problems.every(({ path }) => path === '')) return problems.map((problem) => describeProblem(problem, source)).join('\n')
  return [`${source} cannot be used:`, ...problems.map((problem) => `  ${describeProblem(problem)}`)].join('\n')
}

/**
 * A problem as plain sentences: 'network.threshold must be between 0.0001 and 1000. Found 5000.'
 * @param subject what the sentence is about; by default the path
 */
export function describeProblem({ path, rule, found }: Problem, subject = path || 'The document'): string {
  if (found === MISSING && rule.startsWith('must ')) return `${subject} is missing. It ${withPeriod(rule)}`
  return [`${subject} ${withPeriod(rule)}`, ...(found === '' ? [] : [`Found ${withPeriod(found)}`])].join(' ')
}

const withPeriod = (text: string) => (/[.?…]$/.test(text) ? text : `${text}.`)

/** The path that an unknown one was probably meant to be, or the path itself if another kind has it; null if none is near. */
type Suggest = (path: string) => string | null

/** More would not be read, and each takes time: an unknown name is compared with all known ones. */
export const MOST_PROBLEMS = 20

/**
 * The first issues of a failed parse, with the value that was found. A schema words its own rule with a message that starts with 'must'.
 */
export function problemsOf(error: z.ZodError, document: unknown, suggest: Suggest = () => null): Problem[] {
  const problems: Problem[] = []
  for (const issue of error.issues) {
    problems.push(...problemsOfIssue(issue as z.core.$ZodIssue, document, suggest))
    if (problems.length >= MOST_PROBLEMS) return problems.slice(0, MOST_PROBLEMS)
  }
  return problems
}

function problemsOfIssue(issue: z.core.$ZodIssue, document: unknown, suggest: Suggest): Problem[] {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST_PROBLEMS).map((key) => unknownName(path ? `${path}.${key}` : key, suggest))
  }
  return [{ path, rule: ruleOf(issue), found: show(valueAt(document, issue.path)) }]
}

/** More than any name of ours has: a longer one is not a typing error, and comparing it would take too long. */
const LONGEST_NAME = 80

/** A name that no setting has, or none of the chosen scheme or task. */
export function unknownName(path: string, suggest: Suggest): Problem {
  const meant = path.length <= LONGEST_NAME ? suggest(path) : null
  if (meant === path) return { path, rule: `is not a setting of the chosen ${path.split('.')[0]}`, found: '' }
  return { path, rule: meant === null ? 'is not a setting. Check the spelling' : `is not a setting. Did you mean ${meant}?`, found: '' }
}

function ruleOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('must ')) return issue.message
  switch (issue.code) {
    case 'too_small': return bound(issue.origin, issue.inclusive === false ? 'more than' : 'at least', issue.minimum)
    case 'too_big': return bound(issue.origin, issue.inclusive === false ? 'less than' : 'at most', issue.maximum)
    case 'invalid_value': return `must be ${oneOf(issue.values.map(show))}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? `must be ${oneOf(issue.options.map(show))}` : notValid(issue)
    case 'invalid_type': return `must be ${typeNames[issue.expected] ?? `a value of the type ${issue.expected}`}`
    case 'invalid_format':
      return issue.format === 'datetime' ? 'must be a date and time such as 2026-01-31T12:00:00.000Z' : notValid(issue)
    default: return notValid(issue)
  }
}

const notValid = ({ message }: z.core.$ZodIssue) => (message === 'Invalid input' ? 'is not valid' : `is not valid: ${message}`)

const typeNames: Readonly<Partial<Record<string, string>>> = {
  int: 'a whole number', number: 'a number', string: 'text', boolean: 'true or false', array: 'a list', object: 'a JSON object',
  record: 'a JSON object', null: 'null',
}

function bound(origin: string, comparison: string, limit: number | bigint): string {
  const plural = limit === 1 ? ['entry', 'character'] : ['entries', 'characters']
  if (origin === 'array') return `must have ${comparison} ${limit} ${plural[0]}`
  return origin === 'string' ? `must have ${comparison} ${limit} ${plural[1]}` : `must be ${comparison} ${limit}`
}

/** 'a', 'a or b', 'a, b or c' */
export const oneOf = (names: readonly string[]): string => listed(names, 'or')

function valueAt(document: unknown, path: PropertyKey[]): unknown {
  let value = document
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

const LONGEST_TEXT = 60

function show(value: unknown): string {
  if (value === undefined) return MISSING
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a JSON object'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text
}
