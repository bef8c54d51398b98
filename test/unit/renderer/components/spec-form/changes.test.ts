import { expect, test } from 'vitest'
import { specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { specSchemaNode } from '../../../../../src-engine/experiment/schema-walk.ts'
import { changesOf } from '../../../../../src-renderer/components/spec-form/changes.ts'
import { fieldsOf, type GroupField, type UnionField } from '../../../../../src-renderer/components/spec-form/form-model.ts'
import { halves } from '../../../../../src-renderer/components/spec-form/halves.ts'

const fields = fieldsOf(specSchemaNode())
const spec = (document: unknown = {}) => specSchema.parse(document)

test('a document has no changes from itself', () => {
  expect(changesOf(fields, spec(), spec())).toEqual([])
})

test('a change has both values and the one that reverts it', () => {
  const changes = changesOf(fields, { ...spec(), seed: 'x' }, spec())
  expect(changes).toEqual([{ path: 'seed', title: 'Seed', unit: '', from: '42', to: 'x', usual: 42 }])
})

test('a field that the base does not have is compared with the default of the schema', () => {
  expect(changesOf(fields, spec(), {})).toEqual([
    expect.objectContaining({ path: 'task', from: '' }),
    expect.objectContaining({ path: 'scheme', from: '' }),
  ])
})

test('another scheme is one change, and its settings are compared with its own defaults', () => {
  const sign = spec({ scheme: { kind: 'sign' } })
  const mixed = spec({ scheme: { kind: 'mixed-precision' } })
  expect(changesOf(fields, mixed, sign).map(({ path, from, to }) => [path, from, to])).toEqual([['scheme', 'Sign', 'Mixed precision']])

  const refreshedLater = spec({ scheme: { kind: 'mixed-precision', refresh: { above: 9 } } })
  expect(changesOf(fields, refreshedLater, sign).map(({ path, from, to }) => [path, from, to]))
    .toEqual([['scheme', 'Sign', 'Mixed precision'], ['scheme.refresh.above', '6', '9']])
})

test('the two columns of the form have every group once, in order', () => {
  const groups = fields.filter((field): field is GroupField | UnionField => field.kind === 'group' || field.kind === 'union')
  const [left, right] = halves(groups)
  expect([...left, ...right]).toEqual(groups)
  expect(left.map(({ path }) => path)).toEqual(['task', 'network', 'learning', 'scheme'])
})
