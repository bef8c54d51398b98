import { formatExact } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { deviceModelOf } from './devices/registry.ts'
import { isSynapse, synapseText } from './recorded-synapses.ts'
import { specPlaces } from './schema-walk.ts'
import { type Spec, specSchema } from './spec.ts'
import { importedFields, keptSamplesSchema, taskKind } from './task.ts'

export type ParameterValue = string | number | boolean

/** One leaf of a spec, ready for a table. */
export interface Parameter {
  /** 'scheme.refresh.above' */
  path: string
  /** Titles of its groups followed by its own: 'Update scheme · Refresh · Saturation level'. */
  title: string
  unit: string | null
  value: ParameterValue
}

/** A parameter that differs between specs; null for specs that do not have it. */
export interface Difference {
  path: string
  title: string
  unit: string | null
  values: (ParameterValue | null)[]
}

interface Description { title: string, unit: string | null }

const LONGEST_LIST = 8
/** Labels are not compared because they change no result. */
const labels = new Set(['name', 'preset'])

/** All leaves of a spec, in the order of the schema. */
export const parametersOf = (spec: Spec): Parameter[] => [...leafValues(spec)].map(asParameter)

/**
 * Parameters that differ between the specs, with one value per spec. Labels are ignored. Where device models differ, what is shown with
 * a model is listed, too.
 */
export function differencesBetween(specs: Spec[]): Difference[] {
  const maps = specs.map(leafValues)
  const models = new Set(specs.map(({ device }) => device.model))
  const shown = new Set(models.size > 1 ? specs.flatMap(shownWithModel) : [])
  const paths = new Set(maps.flatMap((map) => [...map.keys()]))
  const valuesOf = (path: string) => maps.map((map) => (map.has(path) ? displayValue(map.get(path)) : null))
  return [...paths]
    .filter((path) => !labels.has(path))
    .filter((path) => shown.has(path) || maps.some((map) => !same(map.get(path), maps[0]!.get(path))))
    .map((path) => ({ path, ...descriptionOf(path), values: valuesOf(path) }))
}

/** Parameters that differ from the defaults of the same scheme and task, and what is shown with the device model. Labels are ignored. */
export function changedParameters(spec: Spec): Parameter[] {
  const defaults = leafValues(defaultsLike(spec))
  const isShown = ([path, value]: Leaf) => !same(value, defaults.get(path)) || shownWithModel(spec).includes(path)
  return [...leafValues(spec)].filter((leaf) => !labels.has(leaf[0]) && isShown(leaf)).map(asParameter)
}

/** Settings without which a device model says little. They are listed with it even if they are the default. */
function shownWithModel({ device }: Spec): string[] {
  const { shownWith } = deviceModelOf(device.model)
  return shownWith ? [`device.${shownWith.setting}`] : []
}

function defaultsLike({ task, scheme }: Spec): Spec {
  const given = Object.entries(task).filter(([name]) => name === 'kind' || taskKind(task).required.includes(name))
  return specSchema.parse({ task: Object.fromEntries(given), scheme: { kind: scheme.kind } })
}

/** Every leaf of a spec by its path, in the order of the schema, without the version of the document. Lists are leaves. */
export const leafValues = (spec: Spec): Map<string, unknown> => new Map([...leavesOf(spec, '')].filter(([path]) => path !== 'version'))

/** A value of a spec for a table that programs read: in full precision, lists as JSON. Null if there is none. */
export function tableValue(value: unknown): string | number | null {
  if (value === undefined || value === null) return null
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value)
}

type Leaf = [path: string, value: unknown]

function* leavesOf(value: unknown, path: string): Generator<Leaf> {
  if (value === undefined) return
  if (value === null || typeof value !== 'object' || Array.isArray(value) || importedFields.includes(path)) yield [path, value]
  else for (const [key, inner] of Object.entries(value)) yield* leavesOf(inner, path ? `${path}.${key}` : key)
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const asParameter = ([path, value]: Leaf): Parameter => ({ path, ...descriptionOf(path), value: displayValue(value) })

function displayValue(value: unknown): ParameterValue {
  if (Array.isArray(value)) return listText(value)
  if (value instanceof Float64Array) return counted(value.length, 'value')
  const kept = typeof value === 'object' ? keptSamplesSchema.safeParse(value) : null
  return kept?.success ? counted(kept.data.count, 'value') : value as ParameterValue
}

const listText = (list: unknown[]) => (list.length <= LONGEST_LIST ? list.map(entryText).join(', ') : counted(list.length, 'value'))

function entryText(entry: unknown): string {
  if (typeof entry === 'number') return formatExact(entry)
  return isSynapse(entry) ? synapseText(entry) : String(entry)
}

let descriptions: Map<string, Description> | null = null

/** Title and unit of a parameter. Fields of the same name mean the same in every branch of a union. */
export function descriptionOf(path: string): Description {
  descriptions ??= new Map(specPlaces().map((place) => [place.path, { title: place.titles, unit: place.node.unit ?? null }]))
  return descriptions.get(path) ?? { title: path, unit: null }
}
