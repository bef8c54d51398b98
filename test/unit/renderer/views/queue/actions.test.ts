import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { sweepSchema } from '../../../../../src-engine/experiment/sweep.ts'
import { useNavigation } from '../../../../../src-renderer/stores/navigation.ts'
import { useQueue } from '../../../../../src-renderer/stores/queue.ts'
import { type RunStatus, useRuns } from '../../../../../src-renderer/stores/runs.ts'
import { useSweeps } from '../../../../../src-renderer/stores/sweeps.ts'
import { useQueueActions } from '../../../../../src-renderer/views/queue/actions.ts'
import { queueRows } from '../../../../../src-renderer/views/queue/rows.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'
import { libraryOf } from '../../library.ts'

vi.mock('element-plus', () => ({ ElMessage: { error: (message: string) => failures.push(message) } }))
const failures: string[] = []

type Failure = { code: string; message: string } | null
const runOf = (runId: string, status: RunStatus, sweepId: string | null = null, error: Failure = null) =>
  summaryOf({ runId, status, error, sweep: sweepId === null ? null : { sweepId, arm: 0 } })

const sweep = {
  sweepId: 'sweep001', name: '', createdAt: '2026-11-01T12:00:00.000Z', document: sweepSchema.parse({ spec: {} }),
  arms: [{ label: 'as designed', changes: [] }],
}

let requests: [name: string, input: unknown][] = []

/** Runs a to c are queued in this order; d, e and f belong to a sweep. */
async function opened(selected: string[], held = false) {
  const record = (name: string) => (input: unknown) => {
    requests.push([name, structuredClone(input)])
    if (name === 'runs.stop' && (input as { runId: string }).runId === 'bbbbbbbb') throw new Error('the run has ended')
    return {}
  }
  const names = ['queue.order', 'queue.prioritise', 'runs.pause', 'runs.stop', 'runs.resume', 'sweeps.pause', 'sweeps.resume', 'sweeps.stop']
  const all = [
    runOf('aaaaaaaa', 'queued'), runOf('bbbbbbbb', 'queued'), runOf('cccccccc', 'queued'), runOf('dddddddd', 'queued', 'sweep001'),
    runOf('eeeeeeee', 'running', 'sweep001'), runOf('ffffffff', 'stopped', 'sweep001', { code: 'halved', message: 'Stopped early' }),
  ]
  const main = fakeBridge({
    ...libraryOf(() => all),
    'sweeps.list': () => [sweep],
    'queue.get': () => ({
      held, workers: 1, cores: 2,
      entries: ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'].map((runId) => ({ runId, priority: 'normal', seconds: 1 })),
    }),
    ...Object.fromEntries(names.map((name) => [name, record(name)])),
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const [runs, queue, sweeps] = [useRuns(), useQueue(), useSweeps()]
  await Promise.all([runs.connect(), queue.connect(), sweeps.connect()])
  sweeps.use(() => ['sweep001'])
  await vi.waitFor(() => expect(sweeps.runsOf.size).toBe(1))
  const rows = queueRows({
    runs: all, entries: queue.entries, runsOf: sweeps.runsOf, sweepIds: ['sweep001'], folded: new Set(),
  })
  return useQueueActions(() => rows.filter(({ key }) => selected.includes(key)), () => 0)
}

beforeEach(() => {
  requests = []
  failures.length = 0
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

describe('actions on the selected rows', () => {
  test('act on a single run', async () => {
    await (await opened(['aaaaaaaa'])).act('pause')
    expect(requests).toEqual([['runs.pause', { runId: 'aaaaaaaa' }]])
  })

  test('act on a whole sweep through its row, and on its selected runs only once', async () => {
    const actions = await opened(['sweep:sweep001', 'dddddddd', 'aaaaaaaa'])
    expect(actions.affected('stop')).toHaveLength(3)
    await actions.act('stop')
    expect(requests).toEqual([['sweeps.stop', { sweepId: 'sweep001' }], ['runs.stop', { runId: 'aaaaaaaa' }]])
  })

  test('do not resume runs that early stopping ended', async () => {
    expect((await opened(['sweep:sweep001'])).blocked('resume')).toBe('Nothing to resume')
  })

  test('give a reason when they are unavailable', async () => {
    expect((await opened([])).blocked('pause')).toBe('Select a run first.')
    expect((await opened(['aaaaaaaa'])).blocked('retry')).toBe('Select a run that has ended.')
    expect((await opened(['eeeeeeee'])).blockedToMove()).toBe('Select queued runs first.')
  })

  test('show a failure and complete the others', async () => {
    await (await opened(['aaaaaaaa', 'bbbbbbbb'])).act('stop')
    expect(requests.map(([, input]) => input)).toEqual([{ runId: 'aaaaaaaa' }, { runId: 'bbbbbbbb' }])
    expect(failures).toHaveLength(1)
  })
})

describe('moving runs', () => {
  test('sends the complete order and announces it', async () => {
    const actions = await opened(['cccccccc'])
    await actions.move('up')
    expect(requests).toEqual([['queue.order', { runIds: ['aaaaaaaa', 'cccccccc', 'bbbbbbbb', 'dddddddd'] }]])
    expect(actions.announced.value).toBe('Moved to position 2 of 4')
  })

  test('sends nothing if the order stays the same', async () => {
    const actions = await opened(['aaaaaaaa'])
    await actions.move('top')
    expect(requests).toEqual([])
    expect(actions.announced.value).toBe('Already at position 1 of 4')
  })

  test('moves the queued runs of a sweep with its row', async () => {
    await (await opened(['sweep:sweep001'])).move('top')
    expect(requests).toEqual([['queue.order', { runIds: ['dddddddd', 'aaaaaaaa', 'bbbbbbbb', 'cccccccc'] }]])
  })

  test('changes priorities by one step', async () => {
    const actions = await opened(['aaaaaaaa', 'bbbbbbbb'])
    await actions.stepPriority(1)
    expect(requests).toEqual([['queue.prioritise', { runIds: ['aaaaaaaa', 'bbbbbbbb'], priority: 'high' }]])
  })
})

test('a paused queue can be resumed', async () => {
  expect((await opened([])).blockedToResumeAll()).toBe('Nothing to resume')
  setActivePinia(createPinia())
  const actions = await opened([], true)
  expect([actions.blockedToResumeAll(), actions.blockedToPauseAll()]).toEqual([null, 'The queue is already paused.'])
})

test('a run row opens the run, a sweep row the results of the sweep', async () => {
  const actions = await opened([])
  actions.open({ kind: 'run', key: 'aaaaaaaa', run: runOf('aaaaaaaa', 'queued'), isInner: false, position: 1, priority: 'normal' })
  const navigation = useNavigation()
  expect([navigation.screen, navigation.runId]).toEqual(['run', 'aaaaaaaa'])
  actions.open({ kind: 'sweep', key: '', sweepId: 'sweep001', isFirst: true, hasEnded: false, folded: false, queued: [] })
  expect([navigation.screen, navigation.sweepId]).toEqual(['queue', 'sweep001'])
  navigation.go('queue')
  expect(navigation.sweepId).toBe(null)
})
