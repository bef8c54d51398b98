import { fieldsOfFiles, importedFields } from '../../../../src-engine/experiment/task.ts'
import {
  type ChoiceField, type Field, fieldsOf, type SchemaNode, type LeafField, type UnionField,
} from '../../../components/spec-form/form-model.ts'

/** A parameter that a sweep can vary. */
export interface Parameter {
  path: string
  /** Titles of its groups, then its own: 'Update scheme · Refresh · Saturation level'. */
  title: string
  unit: string
  /** Titles of the union's kinds that have it; empty if all have it. */
  kinds: readonly string[]
  field: LeafField
}

/** Paths that are never varied: seeds have their own list, labels do not change results, and a layout belongs to its file. */
const never = ['name', 'preset', 'seed', ...importedFields, ...fieldsOfFiles]
const isNever = (path: string) => never.some((one) => path === one || path.startsWith(`${one}.`))

/** List all parameters in the order of the form. A path shared by several kinds appears once. */
export function parametersOf(schema: SchemaNode): Parameter[] {
  const found = new Map<string, Parameter>()
  for (const parameter of fieldsOf(schema).flatMap((field) => below(field, [], []))) {
    const before = found.get(parameter.path)
    found.set(parameter.path, before ? { ...before, kinds: [...before.kinds, ...parameter.kinds] } : parameter)
  }
  return [...found.values()].filter(({ path, field }) => !isNever(path) && field.kind !== 'entries')
}

function below(field: Field, titles: readonly string[], kinds: readonly string[]): Parameter[] {
  const own = [...titles, field.title]
  if (field.kind === 'group') return field.fields.flatMap((inner) => below(inner, own, kinds))
  if (field.kind !== 'union') return [{ path: field.path, title: own.join(' · '), unit: field.unit, kinds, field }]
  return [kindOf(field, own), ...inVariants(field, own)]
}

/** Parameters of a union's variants. One that every kind has is listed without kinds. */
function inVariants({ variants }: UnionField, titles: readonly string[]): Parameter[] {
  const all = variants.flatMap(({ title, fields }) => fields.flatMap((inner) => below(inner, titles, [title])))
  const counts = new Map<string, number>()
  for (const { path } of all) counts.set(path, (counts.get(path) ?? 0) + 1)
  return all.map((parameter) => (counts.get(parameter.path) === variants.length ? { ...parameter, kinds: [] } : parameter))
}

/** The kind of a union as a choice. */
function kindOf({ path, help, equation, source, variants }: UnionField, titles: readonly string[]): Parameter {
  const field: ChoiceField = {
    kind: 'choice', path: `${path}.kind`, title: titles[titles.length - 1]!, help, equation, source, advanced: false, unit: '',
    start: variants[0]!.name, options: variants.map(({ name, title, help: meaning }) => ({ name, title, meaning })),
  }
  return { path: field.path, title: titles.join(' · '), unit: '', kinds: [], field }
}
