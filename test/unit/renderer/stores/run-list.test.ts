import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useRunList } from '../../../../src-renderer/stores/run-list.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { useTable } from '../../../../src-renderer/stores/table.ts'
import { MARGIN, useSelection } from '../../../../src-renderer/views/library/selection.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const RUNS = 10_000
const many = Array.from({ length: RUNS }, (_, index) => summaryOf({
  runId: `run${String(index).padStart(5, '0')}`, seed: index, createdAt: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
}))
const settled = () => new Promise((resolve) => { setTimeout(resolve, 5) })

/** The Library screen of a library of many runs, and the ids of the runs that it has read. */
async function opened(groups: { key: string; from: number; size: number }[] = []) {
  const library = libraryOf(() => many)
  const read = { summaries: [] as string[], cells: [] as string[], groups: [] as string[] }
  const main = fakeBridge({
    ...library,
    'runs.summaries': (asked: { runIds: string[] }) => {
      read.summaries.push(...asked.runIds)
      return library['runs.summaries'](asked)
    },
    'runs.cells': (asked: { runIds: string[]; columns: string[] }) => {
      read.cells.push(...asked.runIds)
      return library['runs.cells'](asked)
    },
    'runs.groups': (asked: { keys: string[]; query: string; shelf: null }) => {
      read.groups.push(...asked.keys)
      return { ...library['runs.groups'](asked), groups: asked.keys.map((key) => ({ key, keys: [key], runs: 2, cells: [] })) }
    },
    'runs.order': (asked: { query: string; shelf: null }) => ({ ...library['runs.order'](asked), groups }),
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  await runs.connect()
  useTable().choose(['name', 'arm'])
  const scope = effectScope()
  const selection = scope.run(useSelection)!
  await settled()
  return { runs, selection, list: useRunList(), read, emit: main.emit, close: () => scope.stop() }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('a list of many runs reads what is in sight, and a margin', async () => {
  const { selection, read, list } = await opened()
  expect(selection.rows.value.length).toBe(RUNS)
  selection.inSight.value = { from: 5000, to: 5040 }
  await settled()
  const shown = many.slice(5000 - MARGIN, 5040 + MARGIN).map(({ runId }) => runId)
  for (const of of [read.summaries, read.cells]) expect(of.slice(-shown.length)).toEqual(shown)
  // With the rows that were in sight first, this is all.
  for (const of of [read.summaries, read.cells]) expect(of.length).toBeLessThanOrEqual(2 * (60 + 2 * MARGIN))
  expect([list.cellOf('run05001', 'arm'), list.cellOf('run00999', 'arm')]).toEqual([null, undefined])
})

test('ticking all runs and moving over them reads only those that are named and seen', async () => {
  const { selection, read } = await opened()
  selection.inSight.value = { from: 0, to: 40 }
  selection.tickShown(true)
  selection.selected.value = 'run09999'
  await settled()
  expect([selection.targets.value.length, selection.tickedOutOfSight.value.length > 9000]).toEqual([RUNS, true])
  expect(read.summaries.length).toBeLessThan(200)
})

test('a run that changes is read again when it is in sight, and not before', async () => {
  const { selection, read, emit } = await opened()
  selection.inSight.value = { from: 0, to: 10 }
  await settled()
  read.cells.length = 0
  emit('run.changed', { summary: { ...many[9000]!, status: 'stopped' } })
  await vi.waitFor(() => expect(useRuns().version).toBeGreaterThan(0))
  await settled()
  expect(read.cells).toEqual([])
  emit('run.changed', { summary: { ...many[3]!, status: 'stopped' } })
  await vi.waitFor(() => expect(read.cells).toEqual(['run00003']), 3000)
})

test('values of groups are read for those in sight', async () => {
  const groups = Array.from({ length: RUNS / 2 }, (_, index) => ({ key: `[${index}]`, from: 2 * index, size: 2 }))
  const { selection, read, list } = await opened(groups)
  // Each group is called by its first run, and the selected one names its runs on hover.
  expect([selection.rows.value.length, read.summaries.length]).toEqual([RUNS / 2, 60 + MARGIN + 1])
  selection.inSight.value = { from: 1000, to: 1040 }
  await settled()
  expect(read.groups.slice(-(40 + 2 * MARGIN))).toEqual(groups.slice(1000 - MARGIN, 1040 + MARGIN).map(({ key }) => key))
  expect([list.groupOf('[1000]')?.keys, list.groupOf('[3000]')]).toEqual([['[1000]'], undefined])
})

test('values are read also if another order has just come', async () => {
  const groups: { key: string; from: number; size: number }[] = []
  const { list, selection, read } = await opened(groups)
  groups.push({ key: '["x"]', from: 0, size: RUNS })
  await list.refresh({ ...list.order!.question, groupBy: ['scheme'] })
  await settled()
  expect([selection.rows.value.length, read.groups]).toEqual([1, ['["x"]']])
})

test('an order that comes after a newer question is dropped', async () => {
  const { list, selection } = await opened()
  const asked = { ...list.order!.question }
  await Promise.all([list.refresh({ ...asked, query: 'first' }), list.refresh({ ...asked, query: '' })])
  expect([list.order!.question.query, selection.shown.value.length]).toEqual(['', RUNS])
})
