import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { CallError } from '../../../../src-renderer/bridge/bridge.ts'
import { useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import { Recent } from '../../../../src-renderer/stores/recent.ts'
import { KEPT } from '../../../../src-renderer/stores/run-cache.ts'
import { type Shelf, useRuns } from '../../../../src-renderer/stores/runs.ts'
import { epochOf, fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const older = summaryOf({ runId: 'older000', createdAt: '2026-11-01T10:00:00.000Z' })
const newer = summaryOf({ runId: 'newer000', createdAt: '2026-11-02T10:00:00.000Z', status: 'running' })
const progress = { runId: 'newer000', sequencesDone: 3, sequences: 750, sequencesPerSecond: 70, secondsLeft: 10, waiting: null }

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

function connected(answers: Record<string, (input: never) => unknown> = {}, stored = [older, newer]) {
  const library = { stored }
  const asked: string[][] = []
  const all = libraryOf(() => library.stored)
  const main = fakeBridge({
    ...all, 'runs.live': () => [{ progress, frame: null }],
    'runs.summaries': (input: { runIds: string[] }) => {
      asked.push(input.runIds)
      return all['runs.summaries'](input)
    },
    ...answers,
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  return { runs, emit: main.emit, library, asked, ready: runs.connect() }
}

/** Answers of the library and what follows from them. */
const settled = () => new Promise((resolve) => { setTimeout(resolve) })
const many = Array.from({ length: 10_000 }, (_, index) => summaryOf({ runId: `run${String(index).padStart(5, '0')}` }))
const idsOf = (from: number, to: number) => many.slice(from, to).map(({ runId }) => runId)

describe('the runs of a large library', () => {
  test('are not read until somebody shows them, and then only those', async () => {
    const { runs, asked, ready } = connected({}, many)
    await ready
    expect([asked.flat(), runs.byId.size, runs.counts.library]).toEqual([[], 0, 10_000])
    const shown = ref(idsOf(100, 140))
    runs.use(() => shown.value)
    await settled()
    expect([...runs.byId.keys()]).toEqual(idsOf(100, 140))
    shown.value = idsOf(120, 150)
    await settled()
    expect(asked).toEqual([idsOf(100, 140), idsOf(140, 150)])
  })

  test('that are scrolled past while others are read are left out', async () => {
    const slow: string[][] = []
    const { runs, ready } = connected({
      'runs.summaries': async ({ runIds }: { runIds: string[] }) => {
        slow.push(runIds)
        await settled()
        return many.filter(({ runId }) => runIds.includes(runId))
      },
    }, many)
    await ready
    const shown = ref(idsOf(0, 40))
    runs.use(() => shown.value)
    await nextTick()
    for (const from of [1000, 2000, 3000]) {
      shown.value = idsOf(from, from + 40)
      await nextTick()
    }
    await vi.waitFor(() => expect(slow).toEqual([idsOf(0, 40), idsOf(3000, 3040)]))
  })

  test('are forgotten when there are too many, but not those that are shown', async () => {
    const { runs, asked, ready } = connected({}, many)
    await ready
    runs.use(() => idsOf(0, 10))
    const shown = ref<string[]>([])
    runs.use(() => shown.value)
    for (let from = 100; from < 3000; from += 100) {
      shown.value = idsOf(from, from + 100)
      await settled()
    }
    expect(runs.byId.size).toBe(KEPT + 110)
    expect(idsOf(0, 10).every((runId) => runs.byId.has(runId))).toBe(true)
    expect(runs.byId.has('run00100')).toBe(false)
    shown.value = idsOf(100, 200)
    await settled()
    expect([asked.at(-1), runs.byId.has('run00100')]).toEqual([idsOf(100, 200), true])
  })

  test('have their changes also if they are not shown', async () => {
    const { runs, emit, ready } = connected({}, many)
    await ready
    const before = runs.version
    emit('run.changed', { summary: { ...many[7]!, status: 'queued' } })
    expect([runs.queued.map(({ runId }) => runId), runs.version > before]).toEqual([['run00007'], true])
    emit('run.changed', { summary: { ...many[7]!, status: 'done' } })
    expect([runs.queued, runs.unfinished.size]).toEqual([[], 0])
  })

  test('that the library does not have are asked for once', async () => {
    const { runs, asked, ready } = connected({}, many)
    await ready
    const shown = ref(['gone0000'])
    runs.use(() => shown.value)
    await settled()
    shown.value = ['gone0000', 'run00001']
    await settled()
    expect(asked).toEqual([['gone0000'], ['run00001']])
  })
})

describe('the runs that the window shows', () => {
  test('include all queued and running runs, newest first', async () => {
    const queued = summaryOf({ runId: 'queued00', status: 'queued', createdAt: '2026-11-03T10:00:00.000Z' })
    const { runs, ready } = connected({}, [older, newer, queued, { ...queued, runId: 'queued01' }])
    await ready
    expect(runs.running.map(({ runId }) => runId)).toEqual(['newer000'])
    expect(runs.queued.map(({ runId }) => runId)).toEqual(['queued01', 'queued00'])
    expect(runs.progress.get('newer000')).toEqual(progress)
  })

  test('keep an event that arrives while they are read', async () => {
    const { runs, emit, ready } = connected()
    runs.use(() => ['newer000'])
    emit('run.changed', { summary: { ...newer, status: 'done' } })
    await ready
    await settled()
    expect([runs.byId.get('newer000')?.status, runs.running]).toEqual(['done', []])
  })

  test('drops the progress of a run that ends', async () => {
    const { runs, emit, ready } = connected()
    await ready
    emit('run.changed', { summary: { ...newer, status: 'stopped' } })
    expect(runs.running).toEqual([])
    expect(runs.progress.has('newer000')).toBe(false)
  })

  test('forgets removed runs and unticks them', async () => {
    const { runs, emit, ready } = connected()
    await ready
    runs.use(() => ['older000', 'newer000'])
    await settled()
    const navigation = useNavigation()
    navigation.tick(['older000', 'newer000'])
    navigation.openRun('older000')
    emit('run.removed', { runIds: ['older000'] })
    expect([...runs.byId.keys()]).toEqual(['newer000'])
    expect([navigation.ticked, navigation.runId]).toEqual([['newer000'], null])
  })

  test('are read again after another program has written, and missing ones are unticked', async () => {
    const { runs, emit, ready, library } = connected()
    await ready
    runs.use(() => ['older000', 'newer000', 'imported'])
    await settled()
    useNavigation().tick(['older000', 'newer000'])
    library.stored = [summaryOf({ runId: 'imported' }), newer]
    const listed = runs.relist()
    emit('run.changed', { summary: { ...newer, status: 'done' } })
    await listed
    expect([...runs.byId.keys()].sort()).toEqual(['imported', 'newer000'])
    expect([runs.byId.get('newer000')?.status, runs.listings, useNavigation().ticked]).toEqual(['done', 2, ['newer000']])
  })

  test('are read once more for all requests that are made meanwhile', async () => {
    let counts = 0
    const { runs, ready } = connected({ 'runs.count': () => ({ ok: true, total: counts++, notIndexed: 0 }) })
    await Promise.all([ready, runs.relist(), runs.relist(), runs.relist()])
    expect(counts).toBe(2 * 3)
  })

  test('counts runs by shelf and moves a run at once', async () => {
    const { runs, ready, library } = connected({
      'runs.shelve': ({ shelf }: { shelf: Shelf }) => {
        library.stored = [{ ...older, shelf }, newer]
        return {}
      },
    })
    await ready
    runs.use(() => ['older000'])
    await settled()
    await runs.shelve(['older000'], 'archive')
    expect([runs.counts, runs.byId.get('older000')?.shelf]).toEqual([{ library: 1, archive: 1, trash: 0 }, 'archive'])
  })

  test('are found newest first, without those that a wrong clock has dated to the future', async () => {
    const future = summaryOf({ runId: 'future00', createdAt: '2099-01-01T00:00:00.000Z' })
    const first = connected({}, [older, future])
    await first.ready
    expect(await first.runs.newest()).toEqual(['older000'])
    first.library.stored = [future]
    expect(await first.runs.newest()).toEqual(['future00'])
  })

  test('shows the live state of a running run, and its summary again after the end', async () => {
    const { runs, emit, ready } = connected()
    await ready
    const listed = { ...newer, epochsDone: 0 }
    emit('run.changed', { summary: listed })
    const before = runs.version
    emit('run.epochs', { runId: 'newer000', metrics: [epochOf(1), epochOf(2)] })
    expect(runs.withLiveState(listed)).toMatchObject({ epochsDone: 2, loss: 0.5, lossLast20: 0.75 })
    expect(runs.shareOf(listed)).toBeCloseTo(2 / 250)
    // The list is not sorted and grouped again for an epoch.
    expect(runs.version).toBe(before)
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
