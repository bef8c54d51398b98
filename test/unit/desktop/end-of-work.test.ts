import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunStatus } from '../../../src-main/contract/run.ts'
import { createEndOfWork, describeEnd } from '../../../src-main/desktop/end-of-work.ts'

const at = (second: number) => new Date(Date.UTC(2026, 0, 1) + 1000 * second).toISOString()
const run = (runId: string, status: RunStatus, seconds = 60, mseLast20: number | null = 0.02) => ({
  runId, status, mseLast20,
  startedAt: status === 'queued' ? null : at(0),
  endedAt: status === 'queued' || status === 'running' ? null : at(seconds),
})

describe('the end of work', () => {
  test('is told once the last queued or running run has come to rest', () => {
    const work = createEndOfWork()
    expect(['queued', 'running'].map((status) => work.take(run('a', status as RunStatus)))).toEqual([null, null])
    expect(work.take(run('b', 'queued'))).toBeNull()
    expect(work.take(run('a', 'done', 60, 0.031))).toBeNull()
    expect(work.take(run('b', 'running'))).toBeNull()
    expect(work.take(run('b', 'failed', 20, null))).toEqual({ title: '1 run done, 1 failed', body: 'Best MSE (last 20) 0.0310' })
  })

  test('says nothing of runs that were over within ten seconds', () => {
    const work = createEndOfWork()
    work.take(run('a', 'running'))
    expect(work.take(run('a', 'done', 10))).toBeNull()
    work.take(run('a', 'running'))
    expect(work.take(run('a', 'done', 10.1))).not.toBeNull()
  })

  test('says nothing of a run that did not run, such as one that is put on another shelf', () => {
    expect(createEndOfWork().take(run('a', 'done'))).toBeNull()
  })

  test('counts only what ended since it was told last', () => {
    const work = createEndOfWork()
    for (const runId of ['a', 'b']) {
      work.take(run(runId, 'running'))
      expect(work.take(run(runId, 'done'))?.title).toBe('1 run done')
    }
  })

  test('is told exactly when nothing is queued or running any more, whatever the order', () => {
    const events = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<RunStatus>('queued', 'running', 'done', 'paused')))
    fc.assert(fc.property(events, (events) => {
      const work = createEndOfWork()
      const active = new Set<string>()
      for (const [runId, status] of events) {
        const isActive = status === 'queued' || status === 'running'
        const wasActive = active.has(runId)
        if (isActive) active.add(runId)
        else active.delete(runId)
        expect(work.take(run(runId, status)) !== null).toBe(!isActive && wasActive && active.size === 0)
      }
    }))
  })

  test('has no best where nothing was learned', () => {
    expect(describeEnd([run('a', 'done', 60, Number.NaN), run('b', 'stopped')])).toEqual({ title: '1 run done, 1 stopped', body: '' })
  })
})
