import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowOfKey } from '../../../../src-renderer/components/row-keys.ts'

describe('keys that move in a list', () => {
  it.each([
    ['ArrowDown', 8], ['ArrowUp', 6], ['PageDown', 12], ['PageUp', 2], ['Home', 0], ['End', 19],
  ])('%s leads from row 7 to row %i', (key, row) => {
    expect(rowOfKey(key, 7, 5, 20)).toBe(row)
  })

  it('stay in the list', () => {
    const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End')
    const some = fc.integer({ min: 1, max: 50 })
    fc.assert(fc.property(keys, fc.integer({ min: -1, max: 60 }), some, some, (key, at, page, count) => {
      const row = rowOfKey(key, Math.min(at, count - 1), page, count)!
      expect(row).toBeGreaterThanOrEqual(0)
      expect(row).toBeLessThan(count)
    }))
  })

  it('lead to the first row from no row', () => {
    expect(rowOfKey('ArrowDown', -1, 5, 20)).toBe(0)
    expect(rowOfKey('ArrowUp', -1, 5, 20)).toBe(0)
  })

  it.each(['a', 'Enter', 'toString', 'Tab'])('are not %s', (key) => {
    expect(rowOfKey(key, 7, 5, 20)).toBeNull()
  })

  it('lead nowhere in an empty list', () => {
    expect(rowOfKey('Home', -1, 5, 0)).toBeNull()
  })
})
