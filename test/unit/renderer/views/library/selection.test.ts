import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope } from 'vue'
import { useNavigation } from '../../../../../src-renderer/stores/navigation.ts'
import { type RunSummary, type Shelf, useRuns } from '../../../../../src-renderer/stores/runs.ts'
import { useSelection } from '../../../../../src-renderer/views/library/selection.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'
import { libraryOf } from '../../library.ts'

const day = (index: number) => `2026-11-${String(20 - index).padStart(2, '0')}T12:00:00.000Z`
const names = ['alpha', 'beta', 'gamma', 'delta']
const runsOf = (given: Partial<RunSummary>[] = []) => names.map((name, index) =>
  summaryOf({ runId: `${name}000`, name, createdAt: day(index), ...given[index] }))

/** The selection of a library that lists alpha, beta, gamma, delta. */
async function opened(given?: Partial<RunSummary>[], groups: { key: string; from: number; size: number }[] = []) {
  const library = libraryOf(() => runsOf(given))
  const order = (asked: { query: string; shelf: Shelf }) => ({ ...library['runs.order'](asked), groups })
  const main = fakeBridge({ ...library, 'runs.order': order, 'runs.shelve': () => ({}) })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  await runs.connect()
  const selection = effectScope().run(useSelection)!
  await vi.waitFor(() => expect(selection.shown.value.length).toBeGreaterThan(0))
  const namesOf = (of: readonly string[]) => of.map((runId) => runId.replace('000', ''))
  return { ...selection, runs, navigation: useNavigation(), affected: () => namesOf(selection.targets.value), namesOf }
}

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

describe('an action affects', () => {
  test('the selected run, also while another one is ticked', async () => {
    const { selected, toggle, affected, actsOnTicked } = await opened()
    toggle('alpha000')
    selected.value = 'gamma000'
    expect([affected(), actsOnTicked.value]).toEqual([['gamma'], false])
  })

  test('all ticked runs if the selected one is among them, in the order of the list', async () => {
    const { toggle, affected } = await opened()
    toggle('gamma000')
    toggle('alpha000')
    expect(affected()).toEqual(['alpha', 'gamma'])
  })

  test('what was ticked by mouse, wherever the selection was before', async () => {
    const { selected, toggle, affected } = await opened()
    selected.value = 'delta000'
    toggle('beta000')
    expect(affected()).toEqual(['beta'])
  })

  test('no ticked run that the filter hides or that is on another shelf', async () => {
    const { query, shown, toggle, affected, navigation, tickedElsewhere, namesOf } = await opened([{}, {}, {}, { shelf: 'archive' }])
    navigation.tick(['delta000', 'alpha000'])
    toggle('beta000')
    query.value = 'beta'
    await vi.waitFor(() => expect(shown.value).toHaveLength(1))
    expect(affected()).toEqual(['beta'])
    expect(namesOf(tickedElsewhere.value)).toEqual(['delta', 'alpha'])
  })

  test('nothing in an empty list', async () => {
    const { query, affected } = await opened()
    query.value = 'nothing'
    await vi.waitFor(() => expect(affected()).toEqual([]))
  })

  test('every run of the shelf while a query has an error', async () => {
    const { query, shown, error } = await opened()
    query.value = 'beta'
    await vi.waitFor(() => expect(shown.value).toHaveLength(1))
    query.value = 'beta seed'
    expect(error.value).toMatchObject({ from: 5, length: 4 })
    await vi.waitFor(() => expect(shown.value).toHaveLength(4))
  })
})

describe('out of sight', () => {
  test('ticked runs are counted, and Show selects them one by one, below first', async () => {
    const { toggle, inSight, tickedOutOfSight, selectOutOfSight, selected, namesOf } = await opened()
    for (const run of ['alpha000', 'beta000', 'delta000']) toggle(run)
    inSight.value = { from: 1, to: 3 }
    expect(namesOf(tickedOutOfSight.value)).toEqual(['alpha', 'delta'])
    selectOutOfSight()
    expect(selected.value).toBe('delta000')
    inSight.value = { from: 2, to: 4 }
    selectOutOfSight()
    expect(selected.value).toBe('alpha000')
  })

  test('targets are known, ticked or not', async () => {
    const { toggle, inSight, targetsOutOfSight, selectedIsOutOfSight, selected, namesOf } = await opened()
    selected.value = 'delta000'
    inSight.value = { from: 0, to: 2 }
    expect(namesOf(targetsOutOfSight())).toEqual(['delta'])
    expect(selectedIsOutOfSight()).toBe(true)
    toggle('delta000')
    toggle('alpha000')
    expect(namesOf(targetsOutOfSight())).toEqual(['delta'])
    inSight.value = { from: 0, to: 4 }
    expect(targetsOutOfSight()).toEqual([])
  })
})

describe('in groups', () => {
  async function grouped() {
    const all = await opened([], [{ key: '["x"]', from: 0, size: 2 }, { key: '["y"]', from: 2, size: 2 }])
    const ids = () => all.rows.value.slice(0, 10).map(({ id }) => id)
    return { ...all, ids }
  }

  test('an action affects all runs of the selected group, which is out of sight while it is closed', async () => {
    const { ids, selected, affected, targetsOutOfSight, fold, group } = await grouped()
    selected.value = ids()[1]!
    expect(affected()).toEqual(['gamma', 'delta'])
    expect(targetsOutOfSight()).toHaveLength(2)
    fold(ids()[1]!, true)
    expect([group.value?.isOpen, targetsOutOfSight()]).toEqual([true, []])
    selected.value = 'delta000'
    expect([affected(), group.value]).toEqual([['delta'], null])
  })

  test('the group is selected in place of a run that it hides', async () => {
    const { ids, selected, fold } = await grouped()
    const [, last] = ids()
    fold(last!, true)
    selected.value = 'delta000'
    expect(selected.value).toBe('delta000')
    fold(last!, false)
    expect(selected.value).toBe(last)
  })

  test('a closed group opens for a ticked run that is to be shown', async () => {
    const { ids, toggle, fold, selectOutOfSight, selected, tickedOutOfSight, namesOf } = await grouped()
    fold(ids()[1]!, true)
    toggle('delta000')
    fold(ids()[1]!, false)
    expect(namesOf(tickedOutOfSight.value)).toEqual(['delta'])
    selectOutOfSight()
    expect([selected.value, ids()[3]]).toEqual(['delta000', 'delta000'])
  })
})
