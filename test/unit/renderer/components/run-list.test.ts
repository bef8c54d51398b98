import { expect, test, vi } from 'vitest'
import { namesText } from '../../../../src-renderer/components/run-list.ts'

test('names the first runs and counts the others', () => {
  const nameOf = vi.fn(String)
  expect(namesText([1, 2], nameOf)).toBe('1\n2')
  expect(namesText(Array.from({ length: 1000 }, (_, index) => index), nameOf)).toMatch(/^0\n1\n.*\n19\nand 980 others$/s)
  expect(nameOf).toHaveBeenCalledTimes(22)
})
