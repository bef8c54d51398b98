import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { keyOfEvent, useCommandList } from '../../../../src-renderer/stores/commands.ts'
import { keyGroups } from '../../../../src-renderer/key-groups.ts'
import { zoomedBy, zooms } from '../../../../src-renderer/stores/settings.ts'
import { fakeStorage } from '../fixtures.ts'

const press = (key: string, ...held: ('ctrlKey' | 'shiftKey' | 'altKey' | 'metaKey')[]) => keyOfEvent({
  key, ctrlKey: held.includes('ctrlKey'), shiftKey: held.includes('shiftKey'), altKey: held.includes('altKey'), metaKey: held.includes('metaKey'),
})

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

describe('the name of a pressed key', () => {
  test.each([
    [press('n'), 'N'], [press(' '), 'Space'], [press('?', 'shiftKey'), '?'], [press('k', 'ctrlKey'), 'Ctrl K'], [press('k', 'metaKey'), 'Ctrl K'],
    [press('z', 'ctrlKey', 'shiftKey'), 'Ctrl Shift Z'], [press('F6'), 'F6'], [press('F6', 'shiftKey'), 'Shift F6'],
    [press('+', 'ctrlKey', 'shiftKey'), 'Ctrl +'], [press('=', 'ctrlKey'), 'Ctrl +'], [press('-', 'ctrlKey'), 'Ctrl -'], [press('0', 'ctrlKey'), 'Ctrl 0'],
    [press('Control', 'ctrlKey'), null], [press('f', 'altKey'), null],
  ])('%s', (name, wanted) => {
    expect(name).toBe(wanted)
  })
})

describe('a menu command', () => {
  test('runs the first of its commands that is on this screen', () => {
    const list = useCommandList()
    const run = vi.fn()
    list.add([{ id: 'undo-move', title: 'Undo the last move', run }])
    expect(list.runFirst(['undo', 'undo-move'])).toBeNull()
    expect(run).toHaveBeenCalledOnce()
  })

  test('does not run if it is unavailable, and says why', () => {
    const list = useCommandList()
    const run = vi.fn()
    const remove = list.add([{ id: 'start', title: 'Start', blocked: () => 'Starting', run }])
    expect(list.runFirst(['start'])).toBe('Starting')
    remove()
    expect(list.runFirst(['start'])).toBe('Not available on this screen')
    expect(run).not.toHaveBeenCalled()
  })
})

test('the key sheet keeps the keys of closed screens and lists the open screen first', () => {
  const list = useCommandList()
  const remove = list.add([{ id: 'compare', title: 'Compare', key: 'C', run: () => undefined }], 'library')
  list.add([{ id: 'keys', title: 'Keyboard shortcuts', key: '?', run: () => undefined }, { id: 'theme', title: 'Theme', run: () => undefined }])
  remove()
  list.add([{ id: 'start', title: 'Start', key: 'R', run: () => undefined }], 'design')
  const groups = keyGroups(list.keysOf, 'design').filter(({ title }) => title !== 'In lists')
  expect(groups).toEqual([
    { title: 'Design (current screen)', keys: [{ key: 'R', title: 'Start' }] },
    { title: 'Everywhere', keys: [{ key: '?', title: 'Keyboard shortcuts' }] },
    { title: 'Library', keys: [{ key: 'C', title: 'Compare' }] },
  ])
})

test('the key sheet survives a restart and forgets keys that a screen no longer has', () => {
  const command = (id: string, key: string) => ({ id, title: id, key, run: () => undefined })
  useCommandList().add([command('compare', 'C'), command('old', 'O')], 'library')
  setActivePinia(createPinia())
  const list = useCommandList()
  expect(list.keysOf('library')).toEqual([{ key: 'C', title: 'compare' }, { key: 'O', title: 'old' }])
  list.add([command('compare', 'D')], 'library')
  expect(list.keysOf('library')).toEqual([{ key: 'D', title: 'compare' }])
  expect(list.keysOf('design')).toEqual([])
})

test('zoom goes in steps and stops at the largest and smallest', () => {
  expect(zoomedBy(1, 1)).toBe(1.1)
  expect(zoomedBy(1, -1)).toBe(0.9)
  expect(zoomedBy(1.05, 1)).toBe(1.1)
  expect(zoomedBy(2, 1)).toBe(2)
  expect(zoomedBy(zooms[0], -1)).toBe(zooms[0])
})
