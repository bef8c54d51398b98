import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { useCommandList, keyOfEvent } from '../../../../src-renderer/stores/commands.ts'
import { useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import { useSettings } from '../../../../src-renderer/stores/settings.ts'
import { fakeStorage } from '../fixtures.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('2 to 200 ticked runs can be compared', () => {
  const navigation = useNavigation()
  const tick = (count: number) => {
    navigation.untickAll()
    for (let run = 0; run < count; run++) navigation.toggle(`run${run}`)
    return navigation.canCompare()
  }
  expect([1, 2, 200, 201].map(tick)).toEqual([false, true, true, false])
  navigation.compare()
  expect(navigation.screen).toBe('library')
})

test('a second tick removes the run, and the others keep their order', () => {
  const navigation = useNavigation()
  for (const id of ['a', 'b', 'c', 'a']) navigation.toggle(id)
  expect(navigation.ticked).toEqual(['b', 'c'])
})

test('the open screen and runs survive a restart, and missing runs are forgotten', async () => {
  const before = useNavigation()
  before.toggle('a')
  before.toggle('gone')
  before.openRun('gone')
  await nextTick()
  setActivePinia(createPinia())
  const after = useNavigation()
  expect([after.screen, after.runId, after.ticked]).toEqual(['run', 'gone', ['a', 'gone']])
  after.forgetMissing(new Set(['a']))
  expect([after.runId, after.ticked]).toEqual([null, ['a']])
})

test('ignores settings of another version', () => {
  localStorage.setItem('chalcogen.settings', JSON.stringify({ theme: 'purple', inspector: true, panes: {} }))
  expect(useSettings().theme).toBe('system')
})

test('keeps settings of an older version and uses defaults for newer settings', () => {
  localStorage.setItem('chalcogen.settings', JSON.stringify({ theme: 'dark', inspector: false, panes: { presets: 200 } }))
  const settings = useSettings()
  expect([settings.theme, settings.inspector, settings.paneSize('presets', 0)]).toEqual(['dark', false, 200])
  expect([settings.sort, settings.interruptedSeen]).toEqual([{ column: 'created', descending: true }, []])
})

test('an unknown sort column discards only the sort order', () => {
  const kept = { theme: 'dark', inspector: true, panes: {}, sort: { column: 'colour', descending: true }, interruptedSeen: 3 }
  localStorage.setItem('chalcogen.settings', JSON.stringify(kept))
  const settings = useSettings()
  expect([settings.theme, settings.sort.column, settings.interruptedSeen]).toEqual(['dark', 'created', []])
})

test('the sort order survives a restart', async () => {
  useSettings().sort = { column: 'loss', descending: false }
  await nextTick()
  setActivePinia(createPinia())
  expect(useSettings().sort).toEqual({ column: 'loss', descending: false })
})

test('of two commands with the same key, the available one wins', () => {
  const commands = useCommandList()
  const command = (id: string, reason: string | null) => ({ id, title: id, key: 'Delete', blocked: () => reason, run: () => undefined })
  commands.add([command('to the trash', null), command('permanently', 'not in the trash')])
  expect(commands.findByKey('Delete')?.id).toBe('to the trash')
})

test('the newest command of a key wins until its screen closes', () => {
  const commands = useCommandList()
  const command = (id: string) => ({ id, title: id, key: 'E', run: () => undefined })
  commands.add([command('frame')])
  const leave = commands.add([command('screen')])
  expect(commands.findByKey('E')?.id).toBe('screen')
  leave()
  expect(commands.findByKey('E')?.id).toBe('frame')
})

test.each([
  [{ key: 'r' }, 'R'], [{ key: 'k', ctrlKey: true }, 'Ctrl K'], [{ key: 'k', metaKey: true }, 'Ctrl K'],
  [{ key: 'Z', ctrlKey: true, shiftKey: true }, 'Ctrl Shift Z'], [{ key: '?', shiftKey: true }, '?'], [{ key: ' ' }, 'Space'],
  [{ key: 'Shift', shiftKey: true }, null], [{ key: 'r', altKey: true }, null],
])('%j is %s', (event, key) => {
  expect(keyOfEvent({ ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...event })).toBe(key)
})
