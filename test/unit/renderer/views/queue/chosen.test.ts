import { expect, test } from 'vitest'
import { shallowRef } from 'vue'
import { useChosen } from '../../../../../src-renderer/views/queue/chosen.ts'

const rowsOf = (text: string) => [...text].map((key) => ({ key }))

function listOf(text: string) {
  const rows = shallowRef(rowsOf(text))
  const list = useChosen(() => rows.value)
  return { ...list, rows, text: () => list.chosen.value.map(({ key }) => key).join('') }
}

test('nothing is chosen at first; the first arrow chooses the first row', () => {
  const list = listOf('abc')
  expect(list.text()).toBe('')
  expect(list.goTo(list.cursor.value + 1, false)).toBe(0)
  expect(list.text()).toBe('a')
})

test('Shift takes everything between, back and forth from where it began', () => {
  const list = listOf('abcde')
  list.choose(2)
  list.goTo(3, true)
  list.goTo(4, true)
  expect(list.text()).toBe('cde')
  list.goTo(0, true)
  expect(list.text()).toBe('abc')
})

test('Ctrl adds one and takes it away again', () => {
  const list = listOf('abcde')
  list.choose(0)
  list.toggle(3)
  expect(list.text()).toBe('ad')
  list.toggle(0)
  expect(list.text()).toBe('d')
})

test('what is chosen stays chosen wherever it moves', () => {
  const list = listOf('abcde')
  list.choose(1)
  list.extend(2)
  list.rows.value = rowsOf('bcade')
  expect(list.text()).toBe('bc')
  expect(list.cursor.value).toBe(1)
})

test('where the chosen row has gone, the one that came to its place is chosen', () => {
  const list = listOf('abc')
  list.choose(1)
  list.rows.value = rowsOf('ac')
  expect(list.text()).toBe('c')
  list.rows.value = rowsOf('')
  expect(list.text()).toBe('')
  expect(list.cursor.value).toBe(-1)
})

test('no arrow leaves the list', () => {
  const list = listOf('abc')
  list.goTo(99, false)
  expect(list.text()).toBe('c')
  list.goTo(-5, false)
  expect(list.text()).toBe('a')
  expect(listOf('').goTo(0, false)).toBe(0)
})
