import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closer, visibleRows } from '../../../../src-renderer/components/virtual-rows.ts'

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

const placed = (from: number, to: number, of: string) =>
  Array.from({ length: to - from }, (_, at) => ({ index: from + at, row: `${of} ${from + at}` }))
const elementsOf = (rows: readonly unknown[]) => 2 ** Math.ceil(Math.log2(Math.max(1, rows.length)))

test('what is drawn catches up with the rows in sight, a few per step, and never shows two rows in one element', () => {
  const range = fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 60 }))
  const step = fc.integer({ min: 1, max: 20 })
  fc.assert(fc.property(range, range, fc.boolean(), step, ([a, rowsBefore], [b, rowsNow], isSorted, most) => {
    const wanted = placed(b, b + rowsNow, isSorted ? 'sorted' : 'row')
    const elements = elementsOf(wanted)
    let drawn = placed(a, a + rowsBefore, 'row')
    for (let step = 0; step < Math.ceil(rowsNow / most); step++) {
      const before = drawn
      drawn = closer(before, wanted, elements, most)
      const news = drawn.filter((row) => !before.some(({ index, row: text }) => index === row.index && text === row.row))
      expect(news.length).toBeLessThanOrEqual(most)
      expect(new Set(drawn.map(({ index }) => index % elements)).size).toBe(drawn.length)
      expect(Math.max(...drawn.map(({ index }) => index))).toBeLessThanOrEqual(b + rowsNow - 1)
    }
    expect(drawn).toEqual(wanted)
  }))
})

test('a short scroll draws its new rows at once and leaves the others as they are', () => {
  const before = placed(10, 40, 'row')
  const wanted = [...before.slice(3), ...placed(40, 43, 'row')]
  const drawn = closer(before, wanted, 32, 12)
  expect(drawn).toEqual(wanted)
  for (const [index, row] of before.slice(3).entries()) expect(drawn[index]).toBe(row)
})
