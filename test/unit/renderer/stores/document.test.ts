import { expect, test } from 'vitest'
import { valueAt } from '../../../../src-renderer/components/spec-form/value.ts'
import { withValueAt } from '../../../../src-renderer/stores/document.ts'

test('a value is set deep without touching the document before', () => {
  const before = { task: { kind: 'signal', refresh: { above: 9 } }, seed: 1 }
  const after = withValueAt(before, 'task.refresh.above', 6)
  expect(after).toEqual({ task: { kind: 'signal', refresh: { above: 6 } }, seed: 1 })
  expect(before.task.refresh.above).toBe(9)
})

test('groups on the way are made, and what is no group is replaced', () => {
  expect(withValueAt({}, 'a.b.c', 1)).toEqual({ a: { b: { c: 1 } } })
  expect(withValueAt({ a: 'text' }, 'a.b', 1)).toEqual({ a: { b: 1 } })
})

test('undefined removes', () => expect(withValueAt({ a: { b: 1, c: 2 } }, 'a.b', undefined)).toEqual({ a: { c: 2 } }))

test('inherited names are no values', () => {
  expect(valueAt({}, 'constructor.name')).toBeUndefined()
  expect(valueAt({ a: null }, 'a.b')).toBeUndefined()
})
