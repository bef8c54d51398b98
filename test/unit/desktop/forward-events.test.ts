import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEventHub } from '../../../src-main/app/events.ts'
import type { EpochMetrics, RunSummary } from '../../../src-main/contract/run.ts'
import { forwardEvents } from '../../../src-main/desktop/forward-events.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const progress = (sequencesDone: number) => ({ runId: 'abcdefgh12', sequencesDone, sequences: 9, sequencesPerSecond: 1, secondsLeft: null, waiting: null })
const changed = (endedAt: string | null) => ({ summary: { runId: 'abcdefgh12', endedAt } as RunSummary })

test('progress is thinned, a change of state is not', () => {
  const hub = createEventHub()
  const told: unknown[] = []
  forwardEvents(hub, (name, payload) => told.push([name, payload]))
  hub.emit('run.progress', progress(1))
  hub.emit('run.progress', progress(2))
  hub.emit('run.changed', changed(null))
  expect(told).toEqual([['run.changed', changed(null)]])
  vi.advanceTimersByTime(250)
  expect(told.slice(1)).toEqual([['run.progress', progress(2)]])
})

test('the end of a run is the last that is told of it', () => {
  const hub = createEventHub()
  const told: string[] = []
  forwardEvents(hub, (name) => told.push(name))
  hub.emit('run.progress', progress(9))
  hub.emit('run.changed', changed('2030-01-01T00:00:00Z'))
  vi.advanceTimersByTime(1000)
  expect(told).toEqual(['run.progress', 'run.changed'])
})

test('epochs are gathered, none is lost, and none comes twice or after the end', () => {
  const hub = createEventHub()
  const told: unknown[] = []
  const epoch = (n: number) => ({ runId: 'abcdefgh12', metrics: [{ epoch: n } as EpochMetrics] })
  forwardEvents(hub, (name, payload) =>
    told.push(name === 'run.epochs' ? (payload as { metrics: EpochMetrics[] }).metrics.map((metrics) => metrics.epoch) : name))
  for (const n of [1, 2, 3]) hub.emit('run.epochs', epoch(n))
  vi.advanceTimersByTime(250)
  for (const n of [4, 5]) hub.emit('run.epochs', epoch(n))
  hub.emit('run.changed', changed('2030-01-01T00:00:00Z'))
  vi.advanceTimersByTime(1000)
  expect(told).toEqual([[1, 2, 3], [4, 5], 'run.changed'])
})
