import type * as z from 'zod'

/** One thing wrong with a document from outside: where, what was found, what is allowed. */
export interface Problem {
  /** As written in the document: `scheme.refresh.above`; empty for the document itself. */
  path: string
  found: string
  allowed: string
}

export class BadInput extends Error {
  readonly problems: Problem[]
  /** @param source what was read, as the user named it: a file, a preset, "the form". */
  constructor(source: string, problems: Problem[]) {
    super([`${source} cannot be used:`, ...problems.map((problem) => `  ${describeProblem(problem)}`)].join('\n'))
    this.name = 'BadInput'
    this.problems = problems
  }
}

export const describeProblem = ({ path, found, allowed }: Problem) =>
  `${path || '(whole document)'}: found ${found}; allowed: ${allowed}`

/** Every issue of a failed parse in our own words, with the value that was found. */
export const problemsOf = (error: z.ZodError, document: unknown): Problem[] =>
  error.issues.flatMap((issue) => problemsOfIssue(issue as z.core.$ZodIssue, document))

function problemsOfIssue(issue: z.core.$ZodIssue, document: unknown): Problem[] {
  const path = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: path ? `${path}.${key}` : key,
      found: 'an unknown name',
      allowed: 'only the names of the schema; check the spelling',
    }))
  }
  return [{ path, found: show(valueAt(document, issue.path)), allowed: allowedBy(issue) }]
}

function allowedBy(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small': return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${sizeOf(issue.origin)}`
    case 'too_big': return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${sizeOf(issue.origin)}`
    case 'invalid_value': return issue.values.map(show).join(', ')
    case 'invalid_union': return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(show).join(', ') : issue.message
    case 'invalid_type': return issue.expected === 'int' ? 'a whole number' : `a ${issue.expected}`
    default: return issue.message
  }
}

const sizeOf = (origin: string) => (origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '')

function valueAt(document: unknown, path: PropertyKey[]): unknown {
  let value = document
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

const LONGEST = 60

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' || typeof value === 'bigint') return String(value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'a group'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
