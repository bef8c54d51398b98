import { expect, test } from 'vitest'
import { nextPath } from '../../../../../src-renderer/views/design/problem-focus.ts'

test.each([
  [['a', 'b', 'c'], null, 'a'],
  [['a', 'b', 'c'], 'a', 'b'],
  [['a', 'b', 'c'], 'c', 'a'],
  // The field was fixed meanwhile.
  [['b', 'c'], 'a', 'b'],
  [[], 'a', null],
])('after the problem %o of %o comes the next: case %#', (paths, last, next) => {
  expect(nextPath(paths, last)).toBe(next)
})
