import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { CallError } from '../../../../src-renderer/bridge/bridge.ts'
import { Recent } from '../../../../src-renderer/stores/recent.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { epochOf, fakeBridge, summaryOf } from '../fixtures.ts'

const older = summaryOf({ runId: 'older000', createdAt: '2026-11-01T10:00:00.000Z' })
const newer = summaryOf({ runId: 'newer000', createdAt: '2026-11-02T10:00:00.000Z', status: 'running' })
const progress = { runId: 'newer000', sequencesDone: 3, sequences: 750, sequencesPerSecond: 70, secondsLeft: 10 }

beforeEach(() => setActivePinia(createPinia()))

function connected(answers: Record<string, (input: never) => unknown> = {}) {
  const main = fakeBridge({ 'runs.list': () => [older, newer], 'runs.live': () => [{ progress, frame: null }], ...answers })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const runs = useRuns()
  return { runs, tell: main.tell, ready: runs.connect() }
}

describe('the list of runs', () => {
  test('is newest first and knows what runs', async () => {
    const { runs, ready } = connected()
    await ready
    expect(runs.summaries.map(({ runId }) => runId)).toEqual(['newer000', 'older000'])
    expect(runs.running.map(({ runId }) => runId)).toEqual(['newer000'])
    expect(runs.progress.get('newer000')).toEqual(progress)
  })

  test('an event that comes before the first listing is not undone by it', async () => {
    const { runs, tell, ready } = connected()
    tell('run.changed', { summary: { ...newer, status: 'done' } })
    await ready
    expect(runs.byId.get('newer000')?.status).toBe('done')
  })

  test('a run that ends is no longer in progress', async () => {
    const { runs, tell, ready } = connected()
    await ready
    tell('run.changed', { summary: { ...newer, status: 'stopped' } })
    expect(runs.running).toEqual([])
    expect(runs.progress.has('newer000')).toBe(false)
  })

  test('epochs of a live run gather in order', async () => {
    const { runs, tell, ready } = connected()
    await ready
    for (const epochs of [[1], [2, 3]]) tell('run.epochs', { runId: 'newer000', metrics: epochs.map((epoch) => epochOf(epoch)) })
    expect(runs.epochs.get('newer000')?.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  })

  test('live series of many runs do not pile up', async () => {
    const { runs, tell, ready } = connected()
    await ready
    for (let run = 0; run < 40; run++) tell('run.epochs', { runId: `run${run}`, metrics: [epochOf(1)] })
    expect(runs.epochs.size).toBe(16)
    expect(runs.epochs.has('run39')).toBe(true)
  })

  test('a refusal of the main process is an error with its code', async () => {
    const { runs, ready } = connected()
    await ready
    await expect(runs.stop('older000')).rejects.toThrow(new CallError('unknown-call', 'no runs.stop here'))
    await expect(runs.stop('older000')).rejects.toMatchObject({ code: 'unknown-call' })
  })
})

test('a ring keeps the newest, oldest first', () => {
  const ring = new Recent<number>(3)
  ring.push(1)
  expect(ring.toArray()).toEqual([1])
  for (const item of [2, 3, 4, 5]) ring.push(item)
  expect(ring.toArray()).toEqual([3, 4, 5])
})
