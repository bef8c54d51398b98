import { expect, it } from 'vitest'
import { entriesOf, placeIn, targetOfKey } from '../../../../src-renderer/components/context-menu.ts'

it.each([
  ['at the pointer', { x: 100, y: 50 }, { x: 100, y: 50 }],
  ['to the left of the pointer at the right edge', { x: 700, y: 50 }, { x: 500, y: 50 }],
  ['above the pointer at the lower edge', { x: 100, y: 550 }, { x: 100, y: 250 }],
  ['inside the window where neither side has room', { x: 100, y: 290 }, { x: 100, y: 8 }],
])('opens %s', (_, point, corner) => {
  const height = point.y === 290 ? 590 : 300
  expect(placeIn(point, { width: 200, height }, { innerWidth: 800, innerHeight: 600 })).toEqual(corner)
})

it.each([
  ['ArrowDown', 0, 1], ['ArrowDown', 3, 0], ['ArrowUp', 0, 3], ['ArrowUp', -1, 3], ['ArrowDown', -1, 0], ['Home', 2, 0], ['End', 1, 3],
  ['c', 0, 1], ['c', 1, 2], ['C', 2, 1], ['x', 0, null], ['Shift', 0, null],
])('%s goes from entry %d to %d', (key, from, to) => {
  expect(targetOfKey(key, from, ['Open', 'Compare', 'Copy', 'Delete'])).toBe(to)
})

it('has the words and keys of the commands that exist, and the reason of those that cannot run', () => {
  const commands = [
    { id: 'open', title: 'Open', key: 'Enter' }, { id: 'compare', title: 'Compare', blocked: () => 'Tick runs.' },
    { id: 'pause', title: 'Pause', blocked: () => 'Not running.' }, { id: 'csv', title: 'As CSV', blocked: () => null },
  ]
  const find = (id: string) => commands.find((command) => command.id === id)
  const parts = ['open', 'compare', 'pause', 'missing', { id: 'export', title: 'Export…', parts: ['csv', 'missing'] }, { id: 'none', title: 'None', parts: ['missing'] }]
  expect(entriesOf(parts, find, (id) => id === 'pause')).toEqual([
    { id: 'open', title: 'Open', key: 'Enter', blocked: null },
    { id: 'compare', title: 'Compare', key: undefined, blocked: 'Tick runs.' },
    { id: 'export', title: 'Export…', blocked: null, entries: [{ id: 'csv', title: 'As CSV', key: undefined, blocked: null }] },
  ])
})
