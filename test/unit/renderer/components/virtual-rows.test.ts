import fc from 'fast-check'
import { expect, test } from 'vitest'
import { visibleRows } from '../../../../src-renderer/components/virtual-rows.ts'

test('renders every visible row and few others', () => {
  fc.assert(fc.property(fc.nat(10_000), fc.nat(400_000), fc.integer({ min: 1, max: 2000 }), (count, scrolled, height) => {
    const { from, to } = visibleRows(scrolled, height, 28, count)
    expect(from).toBeGreaterThanOrEqual(0)
    expect(to).toBeLessThanOrEqual(count)
    expect(to - from).toBeLessThanOrEqual(height / 28 + 14)
    for (let row = Math.floor(scrolled / 28); row * 28 < scrolled + height && row < count; row++) {
      expect(row >= from && row < to).toBe(true)
    }
  }))
})
