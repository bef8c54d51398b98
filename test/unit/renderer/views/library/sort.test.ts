import { expect, test } from 'vitest'
import { sortedBy } from '../../../../../src-renderer/views/library/sort.ts'

test('the same column reverses the order, another column starts with its default order', () => {
  const first = sortedBy('loss', { column: 'created', descending: true })
  expect(first).toEqual({ column: 'loss', descending: false })
  expect(sortedBy('loss', first)).toEqual({ column: 'loss', descending: true })
  expect(sortedBy('created', first)).toEqual({ column: 'created', descending: true })
})
