import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { sweepSchema } from '../../../../src-engine/experiment/sweep.ts'
import { useQueue } from '../../../../src-renderer/stores/queue.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { useSweeps } from '../../../../src-renderer/stores/sweeps.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const stateOf = (runIds: string[]) => ({
  held: false, workers: 2, cores: 4, entries: runIds.map((runId) => ({ runId, priority: 'normal' as const, seconds: 10 })),
})
const sweepOf = (sweepId: string, createdAt: string, name = '') => ({
  sweepId, name, createdAt, document: sweepSchema.parse({ spec: {}, name }), arms: [{ label: 'sign', changes: [] }, { label: 'fp32', changes: [] }],
})

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('an event that arrives before the answer wins over the answer', async () => {
  const main = fakeBridge({
    'queue.get': () => {
      main.emit('queue.changed', stateOf(['newer001']))
      return stateOf(['older001'])
    },
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const queue = useQueue()
  expect(queue.entries).toEqual([])
  await queue.connect()
  expect(queue.entries.map(({ runId }) => runId)).toEqual(['newer001'])
  main.emit('queue.changed', { ...stateOf([]), held: true })
  expect([queue.isPaused, queue.workers, queue.cores, queue.entries.length]).toEqual([true, 2, 4, 0])
})

test('forecasts when each run starts and when all have ended', async () => {
  const running = summaryOf({ runId: 'running1', status: 'running' })
  const main = fakeBridge({
    ...libraryOf(() => [running]), 'queue.get': () => ({ ...stateOf(['aaaaaaaa', 'bbbbbbbb']), workers: 1 }),
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  await useRuns().connect()
  const queue = useQueue()
  expect(queue.secondsLeft).toBe(null)
  await queue.connect()
  expect(queue.plannedTimes.get('aaaaaaaa')).toEqual({ start: null, end: null })
  main.emit('run.progress', { runId: 'running1', sequencesDone: 1, sequences: 2, sequencesPerSecond: 1, secondsLeft: 5, waiting: null })
  expect(queue.plannedTimes.get('bbbbbbbb')).toEqual({ start: 15, end: 25 })
  expect(queue.secondsLeft).toBe(25)
  main.emit('queue.changed', stateOf([]))
  main.emit('run.changed', { summary: { ...running, status: 'done' } })
  expect(queue.secondsLeft).toBe(null)
})

test('a run that has just started is expected to take as long as the queue said, until its rate is known', async () => {
  const run = summaryOf({ runId: 'aaaaaaaa', status: 'queued' })
  const main = fakeBridge({ ...libraryOf(() => [run]), 'queue.get': () => stateOf(['aaaaaaaa']) })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  await useRuns().connect()
  const queue = useQueue()
  await queue.connect()
  main.emit('queue.changed', stateOf([]))
  main.emit('run.changed', { summary: { ...run, status: 'running' } })
  expect(queue.secondsLeft).toBe(10)
  main.emit('run.progress', { runId: 'aaaaaaaa', sequencesDone: 9, sequences: 20, sequencesPerSecond: 1, secondsLeft: 11, waiting: null })
  expect(queue.secondsLeft).toBe(11)
})

test('sends requests as plain data', async () => {
  const requests: unknown[] = []
  const record = (input: unknown) => {
    requests.push(structuredClone(input))
    return {}
  }
  const main = fakeBridge({
    'queue.order': record, 'queue.prioritise': record, 'queue.workers': record, 'queue.hold': record, 'queue.release': record,
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const queue = useQueue()
  await queue.order(['b', 'a'])
  await queue.prioritise(['a'], 'high')
  await queue.setWorkers(0)
  await queue.pauseAll()
  await queue.resumeAll()
  expect(requests).toEqual([{ runIds: ['b', 'a'] }, { runIds: ['a'], priority: 'high' }, { workers: 0 }, {}, {}])
})

test('lists sweeps newest first, with their runs and arm labels', async () => {
  const run = summaryOf({ runId: 'run00001', sweep: { sweepId: 'sweep002', arm: 1 } })
  const lone = summaryOf({ runId: 'run00002', sweep: { sweepId: 'sweep009', arm: 0 } })
  const main = fakeBridge({
    ...libraryOf(() => [run, lone, summaryOf({ runId: 'run00003' })]),
    'sweeps.list': () => [sweepOf('sweep001', '2026-11-01T00:00:00.000Z', 'first'), sweepOf('sweep002', '2026-11-02T00:00:00.000Z')],
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  await useRuns().connect()
  const sweeps = useSweeps()
  await sweeps.connect()
  sweeps.use(() => ['sweep002'])
  await vi.waitFor(() => expect(sweeps.runsOf.get('sweep002')).toEqual([run]))
  expect(sweeps.records.map(({ sweepId }) => sweepId)).toEqual(['sweep002', 'sweep001'])
  expect([sweeps.nameOf('sweep001'), sweeps.nameOf('sweep002')]).toEqual(['first', 'Sweep sweep002'])
  expect([sweeps.armOf(run), sweeps.armOf(lone), sweeps.armOf(summaryOf())]).toEqual(['fp32', null, null])
  main.emit('sweep.changed', { sweep: sweepOf('sweep003', '2026-11-03T00:00:00.000Z', 'third') })
  expect(sweeps.records[0]!.name).toBe('third')
  main.emit('sweep.changed', { sweep: sweepOf('sweep004', '2099-01-01T00:00:00.000Z', 'of a wrong clock') })
  expect(sweeps.records.map(({ name }) => name)).toEqual(['third', '', 'first', 'of a wrong clock'])
})
