import { expect, test } from 'vitest'
import { valueAt } from '../../../../src-renderer/components/spec-form/value.ts'
import { withValueAt } from '../../../../src-renderer/stores/document.ts'

test('sets a nested value without changing the original document', () => {
  const before = { task: { kind: 'signal', refresh: { above: 9 } }, seed: 1 }
  const after = withValueAt(before, 'task.refresh.above', 6)
  expect(after).toEqual({ task: { kind: 'signal', refresh: { above: 6 } }, seed: 1 })
  expect(before.task.refresh.above).toBe(9)
})

test('creates missing groups and replaces values that are not groups', () => {
  expect(withValueAt({}, 'a.b.c', 1)).toEqual({ a: { b: { c: 1 } } })
  expect(withValueAt({ a: 'text' }, 'a.b', 1)).toEqual({ a: { b: 1 } })
})

test('undefined removes the entry', () => expect(withValueAt({ a: { b: 1, c: 2 } }, 'a.b', undefined)).toEqual({ a: { c: 2 } }))

test('inherited names have no value', () => {
  expect(valueAt({}, 'constructor.name')).toBeUndefined()
  expect(valueAt({ a: null }, 'a.b')).toBeUndefined()
})
