import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import { type RunSummary, type Shelf, useRuns } from '../../../../src-renderer/stores/runs.ts'
import { useShelving } from '../../../../src-renderer/stores/shelving.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const a = summaryOf({ runId: 'aaaaaaaa' })
const b = summaryOf({ runId: 'bbbbbbbb', shelf: 'archive' })
const c = summaryOf({ runId: 'cccccccc' })

let refuses = false

async function connected() {
  let all = [a, b, c]
  const shelve = ({ runIds, shelf }: { runIds: string[]; shelf: Shelf }) => {
    if (refuses) throw new Error('run aaaaaaaa is running')
    all = all.map((run) => (runIds.includes(run.runId) ? { ...run, shelf } : run))
    return {}
  }
  const remove = ({ runIds }: { runIds: string[] }) => {
    all = all.filter(({ runId }) => !runIds.includes(runId))
    return { deleted: true }
  }
  const main = fakeBridge({ ...libraryOf(() => all), 'runs.shelve': shelve, 'runs.delete': remove })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  await runs.connect()
  const shelfOf = (runId: string): Shelf | undefined => all.find((run) => run.runId === runId)?.shelf
  const shelves = () => [a, b, c].map(({ runId }) => shelfOf(runId))
  const change = (summary: RunSummary) => {
    all = all.map((run) => (run.runId === summary.runId ? summary : run))
    main.emit('run.changed', { summary })
  }
  return { runs, shelving: useShelving(), navigation: useNavigation(), change, shelves }
}

beforeEach(() => {
  refuses = false
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('undoes moves one by one and returns each run to its previous shelf', async () => {
  const { shelving, shelves } = await connected()
  await shelving.shelve(['cccccccc'], 'archive')
  await shelving.shelve(['aaaaaaaa', 'bbbbbbbb'], 'trash')
  expect(shelves()).toEqual(['trash', 'trash', 'archive'])
  expect(await shelving.undo()).toBe(2)
  expect(shelves()).toEqual(['library', 'archive', 'archive'])
  expect(await shelving.undo()).toBe(1)
  expect(shelves()).toEqual(['library', 'archive', 'library'])
  expect(shelving.canUndo).toBe(false)
  expect(await shelving.undo()).toBe(0)
})

test('unticks moved runs and ticks them again on undo', async () => {
  const { shelving, navigation } = await connected()
  navigation.tick(['aaaaaaaa', 'cccccccc'])
  await shelving.shelve(['aaaaaaaa'], 'trash')
  expect(navigation.ticked).toEqual(['cccccccc'])
  await shelving.undo()
  expect(new Set(navigation.ticked)).toEqual(new Set(['aaaaaaaa', 'cccccccc']))
})

test('a move to the same shelf does nothing and cannot be undone', async () => {
  const { shelving } = await connected()
  await shelving.shelve(['bbbbbbbb'], 'archive')
  expect(shelving.canUndo).toBe(false)
})

test('undo skips runs that were deleted or resumed since, and moves without remaining runs', async () => {
  const { runs, shelving, change, shelves } = await connected()
  await shelving.shelve(['cccccccc'], 'archive')
  await shelving.shelve(['aaaaaaaa', 'bbbbbbbb'], 'trash')
  await runs.deleteRuns(['aaaaaaaa'])
  change({ ...b, shelf: 'library', status: 'queued' })
  expect(await shelving.undo()).toBe(1)
  expect(shelves()).toEqual([undefined, 'library', 'library'])
})

test('a rejected move changes nothing', async () => {
  const { shelving, navigation, shelves } = await connected()
  navigation.tick(['aaaaaaaa'])
  refuses = true
  await expect(shelving.shelve(['aaaaaaaa'], 'trash')).rejects.toThrow('running')
  expect(shelves()).toEqual(['library', 'archive', 'library'])
  expect([shelving.canUndo, navigation.ticked]).toEqual([false, ['aaaaaaaa']])
})
