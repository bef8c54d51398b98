import type { Option } from '../../../src-engine/experiment/quantity.ts'
import { propertiesOf, type SchemaNode, variantsOf } from '../../../src-engine/experiment/schema-walk.ts'

export type { SchemaNode }

/** The form as data, made from the spec's JSON schema. No field is known by name here. */

interface About {
  /** As in the document: `task.frequencies`. */
  path: string
  title: string
  help: string
  /** Empty if there is none. */
  equation: string
  source: string
  advanced: boolean
}

interface Leaf extends About {
  unit: string
  /** The default; undefined if the field is required. */
  start: unknown
}

export interface NumberField extends Leaf {
  kind: 'number'
  whole: boolean
  min: number
  max: number
  /** The useful part of the range; null if a slider would not help. */
  slider: Slider | null
}

export interface Slider { from: number; to: number; logarithmic: boolean }
/** `prompt` is the message if a required text is empty: 'Choose a file.' */
export interface TextField extends Leaf { kind: 'text'; longest: number; prompt?: string }
export interface SwitchField extends Leaf { kind: 'switch' }
/** `name` is the identifier in the document. The window shows the title. */
export interface ChoiceField extends Leaf { kind: 'choice'; options: (Option & { name: string })[] }
export interface NumberListField extends Leaf { kind: 'numbers'; whole: boolean; min: number; max: number; shortest: number; longest: number }
/** Names or other entries, which only an input that knows them can offer. `prompt` is the rule where they are typed. */
export interface EntryListField extends Leaf { kind: 'entries'; longest: number; prompt?: string }
export interface GroupField extends About { kind: 'group'; fields: Field[] }
/** A group whose fields depend on its `kind`. */
export interface UnionField extends About { kind: 'union'; variants: Variant[] }

export interface Variant { name: string; title: string; help: string; fields: Field[] }
export type LeafField = NumberField | TextField | SwitchField | ChoiceField | NumberListField | EntryListField
export type Field = LeafField | GroupField | UnionField

/** Fields of an object schema, in its own order. @throws Error if the form cannot show a kind of schema */
export const fieldsOf = (schema: SchemaNode, parent = ''): Field[] =>
  propertiesOf(schema, parent).filter(({ node }) => node.const === undefined).map(({ node, path }) => fieldOf(node, path))

function fieldOf(schema: SchemaNode, path: string): Field {
  const { title = path, help = '', equation = '', source = '', advanced = false } = schema
  const about = { path, title, help, equation, source, advanced }
  if (schema.oneOf) return { kind: 'union', ...about, variants: variantsOf(schema).map(({ kind, node }) => variantOf(kind, node, path)) }
  if (schema.properties) return { kind: 'group', ...about, fields: fieldsOf(schema, path) }
  return leafOf(schema, { ...about, unit: schema.unit ?? '', start: schema.default })
}

function leafOf(schema: SchemaNode, leaf: Leaf): LeafField {
  const { minimum: min = -Infinity, maximum: max = Infinity } = schema.items ?? schema
  if (schema.enum) {
    const options = schema.enum.map((name) => ({ name, ...schema.options?.[name] ?? { title: name, meaning: '' } }))
    return { kind: 'choice', ...leaf, options }
  }
  switch (schema.type) {
    case 'boolean': return { kind: 'switch', ...leaf }
    case 'string': return { kind: 'text', ...leaf, longest: schema.maxLength ?? Infinity, prompt: schema.prompt }
    case 'array': return listOf(schema, { ...leaf, longest: schema.maxItems ?? Infinity }, [min, max])
    case 'number':
    case 'integer': return { kind: 'number', ...leaf, whole: schema.type === 'integer', min, max, slider: sliderOf(schema) }
    default: throw new Error(`The form has no field for ${leaf.path}: ${JSON.stringify(schema.type)}`)
  }
}

function listOf(
  { items, minItems = 0, prompt }: SchemaNode, leaf: Leaf & { longest: number }, [min, max]: [number, number],
): NumberListField | EntryListField {
  const isWhole = items?.type === 'integer'
  if (!isWhole && items?.type !== 'number') return { kind: 'entries', ...leaf, prompt }
  return { kind: 'numbers', ...leaf, whole: isWhole, min, max, shortest: minItems }
}

const sliderOf = ({ slider, logarithmic = false }: SchemaNode): Slider | null =>
  (slider ? { from: slider[0], to: slider[1], logarithmic } : null)

const variantOf = (name: string, schema: SchemaNode, path: string): Variant => ({
  name,
  title: schema.title ?? '',
  help: schema.help ?? '',
  fields: fieldsOf(schema, path),
})

/** The value of a union with this variant: its kind and all defaults. Required fields are absent. */
export const variantDefaults = ({ name, fields }: Variant): Record<string, unknown> => ({ kind: name, ...defaultsOf(fields) })

function defaultsOf(fields: Field[]): Record<string, unknown> {
  const entries = fields.flatMap((field): [string, unknown][] => {
    const name = field.path.slice(field.path.lastIndexOf('.') + 1)
    if (field.kind === 'group') return withoutEmpty([name, defaultsOf(field.fields)])
    if (field.kind === 'union') return [[name, variantDefaults(field.variants[0]!)]]
    return field.start === undefined ? [] : [[name, field.start]]
  })
  return Object.fromEntries(entries)
}

/** A group without any default may be absent. */
const withoutEmpty = (entry: [string, Record<string, unknown>]) => (Object.keys(entry[1]).length === 0 ? [] : [entry])

/** All leaves, including those of all variants of the unions. */
export const leavesOf = (fields: Field[]): LeafField[] => fields.flatMap((field) => {
  if (field.kind === 'group') return leavesOf(field.fields)
  if (field.kind === 'union') return field.variants.flatMap((variant) => leavesOf(variant.fields))
  return [field]
})
