import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { sweepSchema } from '../../../../../src-engine/spec/sweep.ts'
import { useNavigation } from '../../../../../src-renderer/stores/navigation.ts'
import { useQueue } from '../../../../../src-renderer/stores/queue.ts'
import { type RunStatus, useRuns } from '../../../../../src-renderer/stores/runs.ts'
import { useSweeps } from '../../../../../src-renderer/stores/sweeps.ts'
import { useQueueActions } from '../../../../../src-renderer/views/queue/actions.ts'
import { queueRows } from '../../../../../src-renderer/views/queue/rows.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'

vi.mock('element-plus', () => ({ ElMessage: { error: (message: string) => failures.push(message) } }))
const failures: string[] = []

type Failure = { code: string; message: string } | null
const runOf = (runId: string, status: RunStatus, sweepId: string | null = null, error: Failure = null) =>
  summaryOf({ runId, status, error, sweep: sweepId === null ? null : { sweepId, arm: 0 } })

const sweep = {
  sweepId: 'sweep001', name: '', createdAt: '2026-11-01T12:00:00.000Z', document: sweepSchema.parse({ spec: {} }),
  arms: [{ label: 'as designed', changes: [] }],
}

let asked: [name: string, input: unknown][] = []

/** Runs a to c wait, in this order; d and e are of a sweep. */
async function opened(chosen: string[], held = false) {
  const take = (name: string) => (input: unknown) => {
    asked.push([name, structuredClone(input)])
    if (name === 'runs.stop' && (input as { runId: string }).runId === 'bbbbbbbb') throw new Error('it has ended')
    return {}
  }
  const names = ['queue.order', 'queue.prioritise', 'runs.pause', 'runs.stop', 'runs.resume', 'sweeps.pause', 'sweeps.resume', 'sweeps.stop']
  const main = fakeBridge({
    'runs.list': () => [
      runOf('aaaaaaaa', 'queued'), runOf('bbbbbbbb', 'queued'), runOf('cccccccc', 'queued'), runOf('dddddddd', 'queued', 'sweep001'),
      runOf('eeeeeeee', 'running', 'sweep001'), runOf('ffffffff', 'stopped', 'sweep001', { code: 'halved', message: 'Stopped early' }),
    ],
    'runs.live': () => [],
    'sweeps.list': () => [sweep],
    'queue.get': () => ({
      held, workers: 1, cores: 2,
      entries: ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd'].map((runId) => ({ runId, priority: 'normal', seconds: 1 })),
    }),
    ...Object.fromEntries(names.map((name) => [name, take(name)])),
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const [runs, queue, sweeps] = [useRuns(), useQueue(), useSweeps()]
  await Promise.all([runs.connect(), queue.connect(), sweeps.connect()])
  const rows = queueRows({
    runs: runs.summaries, entries: queue.entries, runsOf: sweeps.runsOf, sweepIds: ['sweep001'], folded: new Set(),
  })
  return useQueueActions(() => rows.filter(({ key }) => chosen.includes(key)))
}

beforeEach(() => {
  asked = []
  failures.length = 0
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

describe('what is done with the chosen rows', () => {
  test('a run alone is asked for by itself', async () => {
    await (await opened(['aaaaaaaa'])).act('pause')
    expect(asked).toEqual([['runs.pause', { runId: 'aaaaaaaa' }]])
  })

  test('a heading stands for its sweep, and its chosen runs are not asked for twice', async () => {
    const actions = await opened(['sweep:sweep001', 'dddddddd', 'aaaaaaaa'])
    expect(actions.countOf('stop')).toBe(3)
    await actions.act('stop')
    expect(asked).toEqual([['sweeps.stop', { sweepId: 'sweep001' }], ['runs.stop', { runId: 'aaaaaaaa' }]])
  })

  test('what early stopping ended does not come back with its sweep', async () => {
    expect((await opened(['sweep:sweep001'])).blocked('resume')).toBe('Nothing of it is paused')
  })

  test('what cannot be done says why', async () => {
    expect((await opened([])).blocked('pause')).toBe('Choose a run')
    expect((await opened(['aaaaaaaa'])).blocked('retry')).toBe('Choose a run that has ended')
    expect((await opened(['eeeeeeee'])).blockedToMove()).toBe('Choose runs that wait in the queue')
  })

  test('one that fails is said, and the others are done', async () => {
    await (await opened(['aaaaaaaa', 'bbbbbbbb'])).act('stop')
    expect(asked.map(([, input]) => input)).toEqual([{ runId: 'aaaaaaaa' }, { runId: 'bbbbbbbb' }])
    expect(failures).toHaveLength(1)
  })
})

describe('the order', () => {
  test('is sent whole, and said', async () => {
    const actions = await opened(['cccccccc'])
    await actions.move('up')
    expect(asked).toEqual([['queue.order', { runIds: ['aaaaaaaa', 'cccccccc', 'bbbbbbbb', 'dddddddd'] }]])
    expect(actions.announced.value).toBe('Moved to place 2 of 4')
  })

  test('that stays as it is is not sent', async () => {
    const actions = await opened(['aaaaaaaa'])
    await actions.move('top')
    expect(asked).toEqual([])
    expect(actions.announced.value).toBe('Stays at place 1 of 4')
  })

  test('a heading takes its queued runs along', async () => {
    await (await opened(['sweep:sweep001'])).move('top')
    expect(asked).toEqual([['queue.order', { runIds: ['dddddddd', 'aaaaaaaa', 'bbbbbbbb', 'cccccccc'] }]])
  })

  test('priorities go by steps', async () => {
    const actions = await opened(['aaaaaaaa', 'bbbbbbbb'])
    await actions.stepPriority(1)
    expect(asked).toEqual([['queue.prioritise', { runIds: ['aaaaaaaa', 'bbbbbbbb'], priority: 'high' }]])
  })
})

test('all can be resumed where all is held', async () => {
  expect((await opened([])).blockedToRelease()).toBe('Nothing is paused')
  setActivePinia(createPinia())
  const actions = await opened([], true)
  expect([actions.blockedToRelease(), actions.blockedToHold()]).toEqual([null, 'It is held'])
})

test('a run opens itself, a heading its results', async () => {
  const actions = await opened([])
  actions.open({ kind: 'run', key: 'aaaaaaaa', run: runOf('aaaaaaaa', 'queued'), isInner: false, place: 1, priority: 'normal' })
  const navigation = useNavigation()
  expect([navigation.screen, navigation.runId]).toEqual(['run', 'aaaaaaaa'])
  actions.open({ kind: 'sweep', key: '', sweepId: 'sweep001', isFirst: true, hasEnded: false, folded: false, queued: [] })
  expect([navigation.screen, navigation.sweepId]).toEqual(['queue', 'sweep001'])
  navigation.go('queue')
  expect(navigation.sweepId).toBe(null)
})
