import {
  fieldsOf, type GroupField, type SchemaNode, type LeafField, type UnionField, variantDefaults,
} from '../../../components/spec-form/form-model.ts'
import { sweepJsonSchema } from '../../../stores/sweep-draft.ts'

const schema = sweepJsonSchema as unknown as { properties: { comparison: { anyOf: SchemaNode[] } } }
const fields = fieldsOf(schema.properties.comparison.anyOf[0]!, 'comparison')
const budget = fields.find(({ path }) => path === 'comparison.budget') as UnionField
const groupAt = (path: string) => fields.find((field) => field.path === path) as GroupField

/** Kinds of budget, as options to choose from. */
export const budgets = budget.variants.map(({ name, title, help }) => ({ value: name, label: title, help }))

/** Fields of a kind of budget; none for equal epochs. */
export const budgetFields = (kind: unknown) => (budget.variants.find(({ name }) => name === kind)?.fields ?? []) as LeafField[]

/** A budget of another kind, with its default values. */
export const budgetOf = (kind: string) =>
  variantDefaults(budget.variants.find(({ name }) => name === kind) ?? budget.variants[0]!)

/** What a pulse costs: groups of fields with their names. */
export const costs = [
  { name: 'Energy per pulse', fields: groupAt('comparison.energy').fields as LeafField[] },
  { name: 'Duration per pulse', fields: groupAt('comparison.duration').fields as LeafField[] },
]

/** All fields of a comparison. */
export const comparisonFields: readonly LeafField[] =
  [...budget.variants.flatMap((variant) => variant.fields as LeafField[]), ...costs.flatMap((group) => group.fields)]
