import * as z from 'zod'
import { type Spec, specSchema } from '../spec/spec.ts'

export type ParameterValue = string | number | boolean

/** One leaf of a spec, as a table shows it. */
export interface Parameter {
  /** 'scheme.refresh.above' */
  path: string
  /** Titles of its groups and its own: 'Update scheme · Refresh · Above'. */
  title: string
  unit: string | null
  value: ParameterValue
}

/** A parameter in which specs differ; a spec that does not have it has null. */
export interface Difference {
  path: string
  title: string
  unit: string | null
  values: (ParameterValue | null)[]
}

interface About { title: string, unit: string | null }

interface SchemaNode {
  title?: string
  unit?: string
  properties?: Record<string, SchemaNode>
  oneOf?: SchemaNode[]
  anyOf?: SchemaNode[]
}

const LONGEST_LIST = 8
/** What a spec is called changes no result. */
const labels = new Set(['name', 'preset'])

/** All leaves of a spec in the order of its schema's groups. */
export const parametersOf = (spec: Spec): Parameter[] => [...leavesOf(spec, '')].map(asParameter)

/** Parameters that are not the same in all specs, with the value of each spec in turn; labels aside. */
export function differencesBetween(specs: Spec[]): Difference[] {
  const maps = specs.map((spec) => new Map(leavesOf(spec, '')))
  const paths = new Set(maps.flatMap((map) => [...map.keys()]))
  return [...paths]
    .filter((path) => !labels.has(path) && maps.some((map) => !same(map.get(path), maps[0].get(path))))
    .map((path) => ({ path, ...aboutOf(path), values: maps.map((map) => (map.has(path) ? shown(map.get(path)) : null)) }))
}

/** Parameters that are not at the default of their scheme and task; labels aside. */
export function changedParameters(spec: Spec): Parameter[] {
  const defaults = new Map(leavesOf(defaultsLike(spec), ''))
  return [...leavesOf(spec, '')]
    .filter(([path, value]) => !labels.has(path) && !same(value, defaults.get(path)))
    .map(asParameter)
}

function defaultsLike({ task, scheme }: Spec): Spec {
  const kind = task.kind === 'signal' ? { kind: task.kind, file: task.file } : { kind: task.kind }
  return specSchema.parse({ task: kind, scheme: { kind: scheme.kind } })
}

type Leaf = [path: string, value: unknown]

function* leavesOf(value: unknown, path: string): Generator<Leaf> {
  if (value === undefined) return
  if (value === null || typeof value !== 'object' || Array.isArray(value)) yield [path, value]
  else for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, path ? `${path}.${key}` : key)
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const asParameter = ([path, value]: Leaf): Parameter => ({ path, ...aboutOf(path), value: shown(value) })

const shown = (value: unknown): ParameterValue => (Array.isArray(value) ? listText(value) : value as ParameterValue)

const listText = (list: unknown[]) => (list.length <= LONGEST_LIST ? list.join(', ') : `${list.length} values`)

let about: Map<string, About> | null = null

function aboutOf(path: string): About {
  about ??= new Map(describe(z.toJSONSchema(specSchema, { io: 'input' }) as SchemaNode, '', ''))
  return about.get(path) ?? { title: path, unit: null }
}

/** Titles of all paths; of a union all branches, whose fields of one name mean the same. */
function* describe(node: SchemaNode, path: string, titles: string): Generator<[string, About]> {
  for (const branch of [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]) {
    for (const [key, child] of Object.entries(branch.properties ?? {})) {
      const childPath = path ? `${path}.${key}` : key
      const title = key === 'kind' ? titles : [titles, child.title ?? key].filter(Boolean).join(' · ')
      yield [childPath, { title, unit: child.unit ?? null }]
      yield* describe(child, childPath, title)
    }
  }
}
