import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CallError, RUNS_PER_PAGE } from '../../../../src-renderer/bridge/bridge.ts'
import { useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import { Recent } from '../../../../src-renderer/stores/recent.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { epochOf, fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

const older = summaryOf({ runId: 'older000', createdAt: '2026-11-01T10:00:00.000Z' })
const newer = summaryOf({ runId: 'newer000', createdAt: '2026-11-02T10:00:00.000Z', status: 'running' })
const progress = { runId: 'newer000', sequencesDone: 3, sequences: 750, sequencesPerSecond: 70, secondsLeft: 10, waiting: null }

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

function connected(answers: Record<string, (input: never) => unknown> = {}) {
  const all = { 'runs.list': () => [older, newer], 'runs.live': () => [{ progress, frame: null }], ...answers }
  const main = fakeBridge(all)
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  return { runs, emit: main.emit, answers: all as Record<string, (input: never) => unknown>, ready: runs.connect() }
}

describe('the list of runs', () => {
  test('is sorted newest first and knows the running runs', async () => {
    const { runs, ready } = connected()
    await ready
    expect(runs.summaries.map(({ runId }) => runId)).toEqual(['newer000', 'older000'])
    expect(runs.running.map(({ runId }) => runId)).toEqual(['newer000'])
    expect(runs.progress.get('newer000')).toEqual(progress)
  })

  test('is read page by page', async () => {
    const all = Array.from({ length: RUNS_PER_PAGE + 1 }, (_, index) =>
      summaryOf({ runId: `run${String(RUNS_PER_PAGE - index).padStart(5, '0')}`, createdAt: older.createdAt }))
    const asked: unknown[] = []
    const { runs, ready } = connected({
      'runs.list': ({ after }: { after?: { runId: string } }) => {
        asked.push(after)
        const from = after ? all.findIndex(({ runId }) => runId === after.runId) + 1 : 0
        return all.slice(from, from + RUNS_PER_PAGE)
      },
    })
    await ready
    expect(runs.summaries.map(({ runId }) => runId)).toEqual(all.map(({ runId }) => runId))
    expect(asked).toEqual([undefined, { createdAt: older.createdAt, runId: 'run00001' }])
  })

  test('keeps an event that arrives before the first listing', async () => {
    const { runs, emit, ready } = connected()
    emit('run.changed', { summary: { ...newer, status: 'done' } })
    await ready
    expect(runs.byId.get('newer000')?.status).toBe('done')
  })

  test('drops the progress of a run that ends', async () => {
    const { runs, emit, ready } = connected()
    await ready
    emit('run.changed', { summary: { ...newer, status: 'stopped' } })
    expect(runs.running).toEqual([])
    expect(runs.progress.has('newer000')).toBe(false)
  })

  test('updates a changed run in place and puts a new run first', async () => {
    const { runs, emit, ready } = connected()
    await ready
    const before = runs.summaries
    emit('run.changed', { summary: { ...older, status: 'queued' } })
    emit('run.changed', { summary: summaryOf({ runId: 'newest00', createdAt: '2026-11-03T10:00:00.000Z' }) })
    expect(runs.summaries.map(({ runId }) => runId)).toEqual(['newest00', 'newer000', 'older000'])
    expect(runs.summaries[2]!.status).toBe('queued')
    expect(before.map(({ status }) => status)).toEqual(['running', 'done'])
  })

  test('forgets removed runs and unticks them', async () => {
    const { runs, emit, ready } = connected()
    await ready
    const navigation = useNavigation()
    navigation.tick(['older000', 'newer000'])
    navigation.openRun('older000')
    emit('run.removed', { runIds: ['older000'] })
    expect([...runs.byId.keys()]).toEqual(['newer000'])
    expect(runs.summaries.map(({ runId }) => runId)).toEqual(['newer000'])
    expect([navigation.ticked, navigation.runId]).toEqual([['newer000'], null])
  })

  test('drops missing runs on a new listing and keeps events that arrived during it', async () => {
    const { runs, emit, ready, answers } = connected()
    await ready
    answers['runs.list'] = () => [summaryOf({ runId: 'imported' }), { ...newer, status: 'running' }]
    const listed = runs.relist()
    emit('run.changed', { summary: { ...newer, status: 'done' } })
    await listed
    expect([...runs.byId.keys()].sort()).toEqual(['imported', 'newer000'])
    expect(runs.byId.get('newer000')?.status).toBe('done')
    expect(runs.listings).toBe(2)
  })

  test('merges all requests made during a listing into one more listing', async () => {
    let listings = 0
    const { runs, ready } = connected({ 'runs.list': () => (listings++, []) })
    await Promise.all([ready, runs.relist(), runs.relist(), runs.relist()])
    expect(listings).toBe(2)
  })

  test('counts runs by shelf and moves a run at once', async () => {
    const { runs, ready } = connected({ 'runs.shelve': () => ({}) })
    await ready
    await runs.shelve(['older000'], 'archive')
    expect(runs.counts).toEqual({ library: 1, archive: 1, trash: 0 })
  })

  test('shows the live state of a running run, and its summary again after the end', async () => {
    const { runs, emit, ready } = connected()
    await ready
    const listed = { ...newer, epochsDone: 0 }
    emit('run.changed', { summary: listed })
    const before = runs.summaries
    emit('run.epochs', { runId: 'newer000', metrics: [epochOf(1), epochOf(2)] })
    expect(runs.withLiveState(listed)).toMatchObject({ epochsDone: 2, loss: 0.5, lossLast20: 0.75 })
    expect(runs.shareOf(listed)).toBeCloseTo(2 / 250)
    // The list is not sorted and grouped again for an epoch.
    expect(runs.summaries).toBe(before)
    const ended = { ...newer, status: 'done' as const, epochsDone: 1 }
    emit('run.changed', { summary: ended })
    expect(runs.withLiveState(ended)).toBe(ended)
  })

  test('knows that a run waits that is still queued', async () => {
    const { runs, emit, ready } = connected()
    await ready
    emit('run.changed', { summary: { ...newer, status: 'queued' } })
    emit('run.progress', { ...progress, waiting: 'the library is locked' })
    expect([runs.waiting, runs.waitingOf('newer000'), runs.waitingOf('older000')]).toEqual([['the library is locked'], 'the library is locked', null])
  })

  test('knows why a running run waits until it continues', async () => {
    const { runs, emit, ready } = connected()
    await ready
    emit('run.progress', { ...progress, waiting: 'the disk is full' })
    expect(runs.waiting).toEqual(['the disk is full'])
    emit('run.progress', progress)
    expect(runs.waiting).toEqual([])
  })

  test('counts saved snapshots per run', async () => {
    const { runs, emit, ready } = connected()
    await ready
    for (const epoch of [1, 50]) emit('run.kept', { runId: 'newer000', epoch })
    expect(runs.snapshotCounts.get('newer000')).toBe(2)
  })

  test('collects epochs of a live run in order', async () => {
    const { runs, emit, ready } = connected()
    await ready
    for (const epochs of [[1], [2, 3]]) emit('run.epochs', { runId: 'newer000', metrics: epochs.map((epoch) => epochOf(epoch)) })
    expect(runs.epochs.get('newer000')?.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })

  test('keeps live epochs of a limited number of runs', async () => {
    const { runs, emit, ready } = connected()
    await ready
    for (let run = 0; run < 40; run++) emit('run.epochs', { runId: `run${run}`, metrics: [epochOf(1)] })
    expect(runs.epochs.size).toBe(16)
    expect(runs.epochs.has('run39')).toBe(true)
  })

  test('throws a rejection by the main process with its code', async () => {
    const { runs, ready } = connected()
    await ready
    await expect(runs.stop('older000')).rejects.toThrow(new CallError('unknown-call', 'no runs.stop here'))
    await expect(runs.stop('older000')).rejects.toMatchObject({ code: 'unknown-call' })
  })
})

test('a ring buffer keeps the newest items, oldest first', () => {
  const ring = new Recent<number>(3)
  ring.push(1)
  expect(ring.toArray()).toEqual([1])
  for (const item of [2, 3, 4, 5]) ring.push(item)
  expect(ring.toArray()).toEqual([3, 4, 5])
})
