import { expect, test } from 'vitest'
import { shallowRef } from 'vue'
import { useRowSelection } from '../../../../../src-renderer/views/queue/row-selection.ts'

const rowsOf = (text: string) => [...text].map((key) => ({ key }))

function listOf(text: string) {
  const rows = shallowRef(rowsOf(text))
  const list = useRowSelection(() => rows.value)
  return { ...list, rows, text: () => list.selected.value.map(({ key }) => key).join('') }
}

test('nothing is selected at first; the first arrow key selects the first row', () => {
  const list = listOf('abc')
  expect(list.text()).toBe('')
  expect(list.goTo(list.cursor.value + 1, false)).toBe(0)
  expect(list.text()).toBe('a')
})

test('Shift selects from the anchor to the cursor, in both directions', () => {
  const list = listOf('abcde')
  list.select(2)
  list.goTo(3, true)
  list.goTo(4, true)
  expect(list.text()).toBe('cde')
  list.goTo(0, true)
  expect(list.text()).toBe('abc')
})

test('Ctrl adds and removes one row', () => {
  const list = listOf('abcde')
  list.select(0)
  list.toggle(3)
  expect(list.text()).toBe('ad')
  list.toggle(0)
  expect(list.text()).toBe('d')
})

test('selected rows that are scrolled out of sight are known', () => {
  const list = listOf('abcdef')
  for (const index of [0, 2, 5]) list.toggle(index)
  list.see({ from: 1, to: 4 })
  expect(list.outOfSight.value).toEqual([0, 5])
})

test('selected rows stay selected when they move', () => {
  const list = listOf('abcde')
  list.select(1)
  list.extend(2)
  list.rows.value = rowsOf('bcade')
  expect(list.text()).toBe('bc')
  expect(list.cursor.value).toBe(1)
})

test('if the selected row is gone, the row that took its position is selected', () => {
  const list = listOf('abc')
  list.select(1)
  list.rows.value = rowsOf('ac')
  expect(list.text()).toBe('c')
  list.rows.value = rowsOf('')
  expect(list.text()).toBe('')
  expect(list.cursor.value).toBe(-1)
})

test('arrow keys stay inside the list', () => {
  const list = listOf('abc')
  list.goTo(99, false)
  expect(list.text()).toBe('c')
  list.goTo(-5, false)
  expect(list.text()).toBe('a')
  expect(listOf('').goTo(0, false)).toBe(0)
})
