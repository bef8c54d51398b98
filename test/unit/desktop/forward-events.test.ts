import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createEventHub } from '../../../src-main/app/events.ts'
import type { EpochMetrics, RunSummary } from '../../../src-main/contract/run.ts'
import { forwardEvents } from '../../../src-main/desktop/forward-events.ts'

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

const progress = (sequencesDone: number) => ({ runId: 'abcdefgh12', sequencesDone, sequences: 9, sequencesPerSecond: 1, secondsLeft: null, waiting: null })
const changed = (endedAt: string | null) => ({ summary: { runId: 'abcdefgh12', endedAt } as RunSummary })

test('thins progress but not changes of status', () => {
  const hub = createEventHub()
  const sent: unknown[] = []
  forwardEvents(hub, (name, payload) => sent.push([name, payload]))
  hub.emit('run.progress', progress(1))
  hub.emit('run.progress', progress(2))
  hub.emit('run.changed', changed(null))
  expect(sent).toEqual([['run.changed', changed(null)]])
  vi.advanceTimersByTime(250)
  expect(sent.slice(1)).toEqual([['run.progress', progress(2)]])
})

test('sends the end of a run last', () => {
  const hub = createEventHub()
  const sent: string[] = []
  forwardEvents(hub, (name) => sent.push(name))
  hub.emit('run.progress', progress(9))
  hub.emit('run.changed', changed('2030-01-01T00:00:00Z'))
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual(['run.progress', 'run.changed'])
})

test('batches epochs, each sent once and before the end of the run', () => {
  const hub = createEventHub()
  const sent: unknown[] = []
  const epoch = (n: number) => ({ runId: 'abcdefgh12', metrics: [{ epoch: n } as EpochMetrics] })
  forwardEvents(hub, (name, payload) =>
    sent.push(name === 'run.epochs' ? (payload as { metrics: EpochMetrics[] }).metrics.map((metrics) => metrics.epoch) : name))
  for (const n of [1, 2, 3]) hub.emit('run.epochs', epoch(n))
  vi.advanceTimersByTime(250)
  for (const n of [4, 5]) hub.emit('run.epochs', epoch(n))
  hub.emit('run.changed', changed('2030-01-01T00:00:00Z'))
  vi.advanceTimersByTime(1000)
  expect(sent).toEqual([[1, 2, 3], [4, 5], 'run.changed'])
})
