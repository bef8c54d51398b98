import { type ConventionSet, conventionSets } from './conventions.ts'

/** One value of a spec document, by its path: `scheme.accumulatorStep`. */
export interface Change {
  path: string
  value: unknown
}

type Group = Record<string, unknown>

/**
 * A spec document with single values replaced. A new `scheme.kind` or `task.kind` starts from that kind's defaults, whatever the
 * order of the changes. Whether the values are allowed is left to the spec's schema.
 */
export function withChanges(document: unknown, changes: readonly Change[]): unknown {
  const kindsFirst = changes.toSorted((a, b) => Number(isKind(b)) - Number(isKind(a)))
  return kindsFirst.reduce(withChange, document)
}

/** Labels of a spec, which change no result. */
const labels = new Set(['seed', 'name', 'preset'])

/**
 * What makes one spec of another, its seed and labels aside: a new kind first, then each value that its defaults do not give.
 * `withChanges(from, changesBetween(from, to, …))` is `to`.
 * @param complete a document to the whole spec, such as `parseSpec`
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
  const [name] = keys
  const group = isGroup(document) ? document[name] : undefined
  if (isKind(change)) return isGroup(group) && group.kind === value ? document : withValue(document, [name], { kind: value })
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
