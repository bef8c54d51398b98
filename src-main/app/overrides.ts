import { type ConventionSet, conventionSets } from '../../src-engine/spec/conventions.ts'
import { BadInput } from '../contract/problem.ts'
import { nearest } from './nearest.ts'
import { settingPaths } from './setting-paths.ts'

interface Override {
  keys: string[]
  value: unknown
}

type Group = Record<string, unknown>

/**
 * A spec document with single values replaced, each given as `path=value`; a value is JSON, or else a string.
 * A new `scheme.kind` or `task.kind` starts from that kind's defaults, whatever the order of the overrides.
 * @throws BadInput for a path that no spec has; values are left to the spec's schema
 */
export function withOverrides(document: unknown, assignments: string[]): unknown {
  const known = settingPaths()
  const overrides = assignments.map((assignment) => parseOverride(assignment, known))
  const kindsFirst = overrides.toSorted((a, b) => Number(isKind(b)) - Number(isKind(a)))
  return kindsFirst.reduce(withOverride, document)
}

function parseOverride(assignment: string, known: string[]): Override {
  const equals = assignment.indexOf('=')
  const path = equals < 0 ? assignment : assignment.slice(0, equals)
  if (!known.includes(path)) throw new BadInput(`--set ${assignment}`, [{ path, found: 'an unknown setting', allowed: suggestion(path, known) }])
  if (equals < 0) throw new BadInput(`--set ${assignment}`, [{ path, found: 'no value', allowed: `${path}=VALUE` }])
  return { keys: path.split('.'), value: jsonOrText(assignment.slice(equals + 1)) }
}

function suggestion(path: string, known: string[]): string {
  const sameName = known.filter((other) => other.endsWith(`.${path}`))
  const near = sameName[0] ?? nearest(path, known)
  return near ? `did you mean ${near}?` : 'a path of the spec, such as training.epochs or scheme.kind'
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const isKind = ({ keys }: Override) => keys.at(-1) === 'kind'

function withOverride(document: unknown, override: Override): unknown {
  const { keys, value } = override
  const [name] = keys
  const group = isGroup(document) ? document[name] : undefined
  if (isKind(override)) return isGroup(group) && group.kind === value ? document : withValue(document, [name], { kind: value })
  if (name === 'task' && isGroup(group)) return withValue(withValue(document, ['task'], withoutStaleSamples(group, keys)), keys, value)
  if (name === 'conventions' && keys.length > 1) return withValue(withValue(document, [name], switches(group)), keys, value)
  return withValue(document, keys, value)
}

/** Samples that were embedded belong to the file and column they came from. */
function withoutStaleSamples(task: Group, keys: string[]): Group {
  if (keys[1] !== 'file' && keys[1] !== 'column') return task
  return Object.fromEntries(Object.entries(task).filter(([name]) => name !== 'samples'))
}

/** A set of conventions given by name, as its switches. */
const switches = (conventions: unknown) =>
  typeof conventions === 'string' && Object.hasOwn(conventionSets, conventions)
    ? conventionSets[conventions as ConventionSet]
    : conventions

function withValue(node: unknown, keys: string[], value: unknown): unknown {
  if (keys.length === 0) return value
  const [key, ...rest] = keys
  const group = isGroup(node) ? node : {}
  return { ...group, [key]: withValue(group[key], rest, value) }
}

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)
