import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RunStatus } from '../../../src-main/contract/run.ts'
import { createEndOfWork, describeEnd } from '../../../src-main/desktop/end-of-work.ts'

const run = (runId: string, status: RunStatus, seconds = 60, lossLast20: number | null = 0.02) => ({
  runId, task: 'sinusoids', status, lossLast20,
  secondsComputed: status === 'queued' ? 0 : status === 'running' ? null : seconds,
})

describe('the end of work', () => {
  /** The notification after these changes of runs. */
  function after(...runs: ReturnType<typeof run>[]) {
    const work = createEndOfWork()
    for (const one of runs) work.update(one)
    return work.end()
  }

  test('is reported once no run is queued or running', () => {
    expect(after(run('a', 'running'), run('b', 'queued'), run('a', 'done'))).toBeNull()
    expect(after(run('a', 'running'), run('b', 'queued'), run('a', 'done', 60, 0.031), run('b', 'running'), run('b', 'failed', 20, null)))
      .toEqual({ title: '1 run finished, 1 failed', body: 'Best MSE (last 20 epochs): 0.0310' })
  })

  test('waits for queued runs that were never passed to update', () => {
    const work = createEndOfWork()
    work.setQueueLength(3)
    work.update(run('a', 'running'))
    work.update(run('a', 'done'))
    expect(work.end()).toBeNull()
    work.setQueueLength(0)
    expect(work.end()?.title).toBe('1 run finished')
  })

  test('counts a run that paused between two rounds once, with its final status', () => {
    expect(after(run('a', 'running'), run('a', 'paused'), run('a', 'queued'), run('a', 'running'), run('a', 'done'))?.title).toBe('1 run finished')
  })

  test('ignores runs that ended within ten seconds', () => {
    expect(after(run('a', 'running'), run('a', 'done', 10))).toBeNull()
    expect(after(run('a', 'running'), run('a', 'done', 10.1))).not.toBeNull()
  })

  test('ignores changes of an ended run, such as a new shelf', () => {
    expect(after(run('a', 'done'))).toBeNull()
  })

  test('counts only runs that ended since the last report', () => {
    const work = createEndOfWork()
    for (const runId of ['a', 'b']) {
      work.update(run(runId, 'running'))
      work.update(run(runId, 'done'))
      expect(work.end()?.title).toBe('1 run finished')
    }
    expect(work.end()).toBeNull()
  })

  test('is never reported while a run is active, and misses no ended run', () => {
    const events = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<RunStatus>('queued', 'running', 'done', 'paused')))
    fc.assert(fc.property(events, (events) => {
      const work = createEndOfWork()
      const active = new Set<string>()
      const ended = new Set<string>()
      for (const [runId, status] of events) {
        work.update(run(runId, status))
        if (status === 'queued' || status === 'running') {
          active.add(runId)
          ended.delete(runId)
        } else if (active.delete(runId)) ended.add(runId)
      }
      expect(work.end() !== null).toBe(active.size === 0 && ended.size > 0)
    }))
  })

  test('has no best loss if no run has a finite one', () => {
    expect(describeEnd([run('a', 'done', 60, Number.NaN), run('b', 'stopped')])).toEqual({ title: '1 run finished, 1 stopped', body: '' })
  })
})
