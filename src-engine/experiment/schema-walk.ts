import * as z from 'zod'
import type { Option } from './quantity.ts'
import { settingsSchema } from './spec.ts'

/** One node of a document's JSON schema, with what our schemas say about their values. */
export interface SchemaNode {
  type?: string
  /** The only value: the name of a kind. */
  const?: unknown
  title?: string
  help?: string
  equation?: string
  source?: string
  unit?: string
  advanced?: boolean
  logarithmic?: boolean
  slider?: [from: number, to: number]
  options?: Record<string, Option>
  prompt?: string
  default?: unknown
  enum?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  items?: SchemaNode
  properties?: Record<string, SchemaNode>
  oneOf?: SchemaNode[]
  anyOf?: SchemaNode[]
}

/** A path of a document and what its schema says of it. */
export interface SchemaPlace {
  /** 'scheme.refresh.above' */
  path: string
  name: string
  node: SchemaNode
  /** Titles of its groups, then its own: 'Update scheme · Refresh · Saturation level'. The kind of a union has the union's. */
  titles: string
  /** The variant of a union that has it directly; null if it is in a plain group. */
  variant: SchemaNode | null
}

/** The properties of an object schema, in its own order. */
export const propertiesOf = (node: SchemaNode, path = ''): Pick<SchemaPlace, 'path' | 'name' | 'node'>[] =>
  Object.entries(node.properties ?? {}).map(([name, child]) => ({ path: path ? `${path}.${name}` : name, name, node: child }))

/** The variants of a union by their kinds. */
export const variantsOf = ({ oneOf = [] }: SchemaNode): { kind: string; node: SchemaNode }[] =>
  oneOf.map((node) => ({ kind: String(node.properties?.kind?.const), node }))

/** Every path below a node, in the order of the schema. A path that several variants of a union have appears once for each. */
export function* placesBelow(node: SchemaNode, path = '', titles = ''): Generator<SchemaPlace> {
  for (const branch of [node, ...(node.oneOf ?? []), ...(node.anyOf ?? [])]) {
    for (const property of propertiesOf(branch, path)) {
      const own = property.name === 'kind' ? titles : [titles, property.node.title ?? property.name].filter(Boolean).join(' · ')
      yield { ...property, titles: own, variant: branch === node ? null : branch }
      yield* placesBelow(property.node, property.path, own)
    }
  }
}

let specNode: SchemaNode | null = null
let places: readonly SchemaPlace[] | null = null

/** The JSON schema of the settings of a spec. Making it takes 40 ms, so it is made once. */
export const specSchemaNode = (): SchemaNode => (specNode ??= z.toJSONSchema(settingsSchema, { io: 'input' }) as SchemaNode)

/** Every path of a spec, over all schemes and tasks. */
export const specPlaces = (): readonly SchemaPlace[] => (places ??= [...placesBelow(specSchemaNode())])
