import { describe, expect, test } from 'vitest'
import { taskSchema } from '../../../../../src-engine/experiment/task.ts'
import { schemeKinds, schemeSchema } from '../../../../../src-engine/experiment/scheme.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'
import {
  fieldsOf, type SchemaNode, leavesOf, type UnionField, variantDefaults,
} from '../../../../../src-renderer/components/spec-form/form-model.ts'

const schema = specSchemaNode()
const fields = fieldsOf(schema)
const leaves = leavesOf(fields)
const union = (path: string) => fields.find((field): field is UnionField => field.kind === 'union' && field.path === path)!

/** Paths of all leaves, collected directly from the schema and not from the form. */
function pathsOf(node: SchemaNode, path: string): string[] {
  if (node.const !== undefined) return []
  const branches = [node, ...(node.oneOf ?? [])]
  const inner = branches.flatMap((branch) => Object.entries(branch.properties ?? {}))
  return inner.length === 0 ? [path] : inner.flatMap(([key, child]) => pathsOf(child, path ? `${path}.${key}` : key))
}

describe('the form made from the schema', () => {
  test('has a field for every leaf of the schema', () => {
    expect(leaves.map(({ path }) => path).sort()).toEqual(pathsOf(schema, '').filter((path) => path !== 'scheme').sort())
    expect(leaves.length).toBeGreaterThan(60)
  })

  test('has title, help, unit, range and default of a number', () => {
    expect(leaves.find(({ path }) => path === 'network.tauRecurrent')).toMatchObject({
      kind: 'number', title: 'Membrane time constant', unit: 'ms', min: 0.1, max: 10_000, start: 30, whole: false, advanced: false,
    })
    expect(leaves.every(({ title, help }) => title !== '' && help !== '')).toBe(true)
  })

  test('has title and meaning of each option', () => {
    const timeline = leaves.find(({ path }) => path === 'conventions.timeline')
    expect(timeline).toMatchObject({ kind: 'choice', options: [{ name: 'wait' }, { name: 'immediate' }] })
    expect(timeline?.kind === 'choice' && timeline.options.every(({ meaning }) => meaning.length > 10)).toBe(true)
  })

  test('takes the range of a list from its entries', () => {
    expect(leaves.find(({ path }) => path === 'task.frequencies')).toMatchObject({ kind: 'numbers', min: 0.001, max: 1000, longest: 32 })
  })

  test('refuses a schema without a matching field', () => {
    expect(() => fieldsOf({ properties: { odd: { type: 'null' } } })).toThrow('no field for odd')
  })
})

describe('choosing a variant of a union', () => {
  test('offers every scheme in the order of the schema', () => {
    expect(union('scheme').variants.map(({ name }) => name)).toEqual(schemeKinds)
  })

  test.each(schemeKinds)('the defaults of %s are those of the schema', (kind) => {
    const variant = union('scheme').variants.find(({ name }) => name === kind)!
    expect(variantDefaults(variant)).toEqual(schemeSchema.parse({ kind }))
  })

  test('leaves out required fields', () => {
    const signal = union('task').variants.find(({ name }) => name === 'signal')!
    expect(variantDefaults(signal)).not.toHaveProperty('file')
    expect({ ...variantDefaults(signal), file: 'a.csv' }).toEqual(taskSchema.parse({ kind: 'signal', file: 'a.csv' }))
  })
})
