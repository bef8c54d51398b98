import { type ConventionSet, conventionSets } from './conventions.ts'
import { taskKinds } from './task.ts'

/** One value of a spec document, by its path: `scheme.accumulatorStep`. */
export interface Change {
  path: string
  value: unknown
}

type Group = Record<string, unknown>

/**
 * Replaces single values of a spec document. A new `scheme.kind` or `task.kind` starts from the defaults of that kind, in any order of
 * the changes. The spec's schema checks the values later.
 */
export function withChanges(document: unknown, changes: readonly Change[]): unknown {
  const kindsFirst = changes.toSorted((a, b) => Number(isKind(b)) - Number(isKind(a)))
  return kindsFirst.reduce(withChange, document)
}

/** Values that the comparison ignores: the seed and the labels. */
const labels = new Set(['seed', 'name', 'preset'])

/**
 * The changes that turn one spec into another, except for seed and labels: first a new kind, then each value that differs from its
 * defaults. `withChanges(from, changesBetween(from, to, …))` equals `to`.
 * @param complete fills in the defaults of a document, such as `parseSpec`
 */
export function changesBetween(from: Group, to: Group, complete: (document: unknown) => Group): Change[] {
  const kinds = ['scheme', 'task'].flatMap((name) => {
    const kind = (to[name] as Group).kind
    return kind === (from[name] as Group).kind ? [] : [{ path: `${name}.kind`, value: kind }]
  })
  const base = kinds.length > 0 ? complete(withChanges(from, kinds)) : from
  return [...kinds, ...differences(base, to, '').filter(({ path }) => !labels.has(path))]
}

function differences(from: unknown, to: unknown, path: string): Change[] {
  if (isGroup(from) && isGroup(to)) {
    return Object.keys(to).flatMap((name) => differences(from[name], to[name], path ? `${path}.${name}` : name))
  }
  return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, value: to }]
}

const isKind = ({ path }: Change) => path.endsWith('.kind')

function withChange(document: unknown, change: Change): unknown {
  const keys = change.path.split('.')
  const { value } = change
  const name = keys[0]!
  const group = isGroup(document) ? document[name] : undefined
  if (isKind(change)) return isGroup(group) && group.kind === value ? document : withValue(document, [name], { kind: value })
  if (name === 'task' && isGroup(group)) return withValue(withValue(document, ['task'], withoutStaleData(group, keys)), keys, value)
  if (name === 'conventions' && keys.length > 1) return withValue(withValue(document, [name], switches(group)), keys, value)
  return withValue(document, keys, value)
}

/** Removes embedded data, which belong to the previous file or column. */
function withoutStaleData(task: Group, [, field]: string[]): Group {
  const isRead = ({ imports }: (typeof taskKinds)[number]) => field !== undefined && imports?.from.includes(field)
  const stale = new Set(taskKinds.filter(isRead).map(({ imports }) => imports!.into))
  return stale.size === 0 ? task : Object.fromEntries(Object.entries(task).filter(([name]) => !stale.has(name)))
}

/** Expands a named set of conventions to its settings. */
const switches = (conventions: unknown) =>
  typeof conventions === 'string' && Object.hasOwn(conventionSets, conventions)
    ? conventionSets[conventions as ConventionSet]
    : conventions

function withValue(node: unknown, keys: string[], value: unknown): unknown {
  const [key, ...rest] = keys
  if (key === undefined) return value
  const group = isGroup(node) ? node : {}
  return { ...group, [key]: withValue(group[key], rest, value) }
}

const isGroup = (value: unknown): value is Group => typeof value === 'object' && value !== null && !Array.isArray(value)
