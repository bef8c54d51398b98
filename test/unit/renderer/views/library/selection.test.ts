import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { useNavigation } from '../../../../../src-renderer/stores/navigation.ts'
import { type RunSummary, useRuns } from '../../../../../src-renderer/stores/runs.ts'
import { useSelection } from '../../../../../src-renderer/views/library/selection.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'

const day = (index: number) => `2026-11-${String(20 - index).padStart(2, '0')}T12:00:00.000Z`
const names = ['alpha', 'beta', 'gamma', 'delta']
const runsOf = (given: Partial<RunSummary>[] = []) => names.map((name, index) =>
  summaryOf({ runId: `${name}000`, name, createdAt: day(index), ...given[index] }))

/** The selection of a library that lists alpha, beta, gamma, delta. */
async function opened(given?: Partial<RunSummary>[]) {
  const main = fakeBridge({ 'runs.list': () => runsOf(given), 'runs.live': () => [], 'runs.shelve': () => ({}) })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  await runs.connect()
  const selection = useSelection()
  const namesOf = (of: readonly RunSummary[]) => of.map(({ name }) => name)
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
    const { query, toggle, affected, navigation, tickedElsewhere, namesOf } = await opened([{}, {}, {}, { shelf: 'archive' }])
    navigation.tick(['delta000', 'alpha000'])
    toggle('beta000')
    query.value = 'beta'
    expect(affected()).toEqual(['beta'])
    expect(namesOf(tickedElsewhere.value)).toEqual(['delta', 'alpha'])
  })

  test('nothing in an empty list', async () => {
    const { query, affected } = await opened()
    query.value = 'nothing of that name'
    expect(affected()).toEqual([])
  })
})

describe('out of sight', () => {
  test('ticked runs are counted, and Show selects them one by one, below first', async () => {
    const { toggle, inSight, tickedOutOfSight, selectOutOfSight, selected } = await opened()
    for (const run of ['alpha000', 'beta000', 'delta000']) toggle(run)
    inSight.value = { from: 1, to: 3 }
    expect(tickedOutOfSight.value).toEqual([0, 3])
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
