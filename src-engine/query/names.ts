import { nearest } from '../experiment/nearest.ts'
import { oneOf } from '../experiment/problem.ts'
import { type SchemaNode, type SchemaPlace, specPlaces } from '../experiment/schema-walk.ts'
import { importedFields } from '../experiment/task.ts'
import { metricNames, namesOfMetricIn, numberedName, numberRule } from './metric-names.ts'
import { defineName, type NameKind, type QueryName } from './name.ts'
import { runNames } from './run-names.ts'

/** Short names of the kinds in a spec. The library lists them for each run, also if its spec cannot be read. */
const kindPaths: ReadonlyMap<string, string> = new Map([['scheme.kind', 'scheme'], ['task.kind', 'task']])

/** All settings of a spec but those that are taken, and what is copied from files. */
function parameterNames(taken: ReadonlySet<string>): QueryName[] {
  const places = Map.groupBy(specPlaces().filter(isLeaf), ({ path }) => path)
  const left = [...places].filter(([path]) => !taken.has(path) && !importedFields.includes(path))
  return left.map(([path, variants]) => parameterName(path, variants))
}

function parameterName(path: string, variants: readonly SchemaPlace[]): QueryName {
  const short = kindPaths.get(path)
  const choices = Object.assign({}, ...variants.map(choicesAt)) as Record<string, string>
  const kinds = new Set(variants.map(({ node }) => kindOf(node, choices)))
  return defineName({
    name: short ?? path, title: variants[0]!.titles, choices, unit: variants[0]!.node.unit ?? null,
    origin: short === undefined ? 'parameter' : 'run',
    kind: kinds.size === 1 ? [...kinds][0]! : 'text', aliases: short === undefined ? [] : [path],
  })
}

const isLeaf = ({ node }: SchemaPlace) => node.type !== undefined && node.type !== 'object'

function choicesAt({ node: { options = {}, const: kind }, variant }: SchemaPlace): Record<string, string> {
  if (kind !== undefined && variant !== null) return { [String(kind)]: variant.title ?? String(kind) }
  return Object.fromEntries(Object.entries(options).map(([name, { title }]) => [name, title]))
}

function kindOf({ type }: SchemaNode, choices: Readonly<Record<string, string>>): NameKind {
  if (type === 'number' || type === 'integer') return 'number'
  if (type === 'boolean') return 'flag'
  return Object.keys(choices).length > 0 ? 'choice' : 'text'
}

let all: readonly QueryName[] | null = null
let byText: ReadonlyMap<string, QueryName> | null = null

/**
 * Every name of the language: those of runs, of losses and metrics, and of the parameters of every scheme and task. Of the names that end in
 * any number there is an example.
 */
export function queryNames(): readonly QueryName[] {
  if (all !== null) return all
  const own = [...runNames, ...metricNames()]
  all = [...own, ...parameterNames(new Set(own.flatMap(({ name, aliases }) => [name, ...aliases])))]
  return all
}

/** The name that a text stands for, in any case, also with any number of epochs at its end; null if it stands for none. */
export function nameOf(text: string): QueryName | null {
  byText ??= new Map(queryNames().flatMap((name) => [name.name, ...name.aliases].map((one) => [one.toLowerCase(), name])))
  return byText.get(text.toLowerCase()) ?? numberedName(text.toLowerCase())
}

/** What a name is, for lists of names: 'Loss, epoch 100, or any other number'. */
export const meaningOf = ({ title, hasAnyNumber }: QueryName) => (hasAnyNumber ? `${title}, or any other number` : title)

/** Names whose title has these words: those of learning rates for 'learning rate'. */
export const namesCalled = (words: string): string[] =>
  queryNames().filter(({ hasAnyNumber }) => !hasAnyNumber)
    .filter(({ title }) => title.toLowerCase().includes(words.toLowerCase())).map(({ name }) => name)

/** Longer texts are no typing errors, and comparing them would take too long. */
const LONGEST_NAME = 80

/** What to write for a text that is no name. Both are null if nothing is near. */
export interface Advice {
  /** A whole sentence. */
  advice: string | null
  /** The name that was probably meant. */
  meant: string | null
}

export function adviceOn(text: string): Advice {
  if (text === '' || text.length > LONGEST_NAME) return { advice: null, meant: null }
  const ofMetric = namesOfMetricIn(text)
  if (ofMetric.length > 0) return { advice: `Use ${oneOf(ofMetric)}. ${numberRule}`, meant: nearest(text, ofMetric) }
  const meant = nearestName(text)
  return { advice: meant === null ? null : `Did you mean ${meant}?`, meant }
}

function nearestName(text: string): string | null {
  const names = queryNames().map(({ name }) => name)
  const ending = names.filter((name) => name.toLowerCase().endsWith(`.${text.toLowerCase()}`))
  return ending[0] ?? nearest(text, names)
}
