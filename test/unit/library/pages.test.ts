import fc from 'fast-check'
import { expect, test } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { RunPlace, RunSummary } from '../../../src-main/contract/run.ts'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { Runs } from '../../../src-main/library/runs.ts'
import { summaryOf } from '../../../src-main/library/summary.ts'
import { addRuns, environment, memoryLibrary, metricsOf } from './support.ts'

test('pages of any size give every run once, newest first, of all runs and of a sweep', () => {
  const run = fc.record({ minute: fc.integer({ min: 0, max: 3 }), ofSweep: fc.boolean() })
  fc.assert(fc.property(fc.array(run, { maxLength: 12 }), fc.integer({ min: 1, max: 13 }), (made, most) => {
    const runs = new Runs(memoryLibrary())
    const all = made.map(({ minute, ofSweep }, index) => ({
      runId: `0run${String(index).padStart(5, '0')}`, createdAt: `2026-03-01T12:0${minute}:00.000Z`, ofSweep,
    }))
    runs.create(all.map(({ runId, createdAt, ofSweep }) => ({
      runId, createdAt, spec: specSchema.parse({}), environment, sequences: 1, sweep: ofSweep ? { sweepId: '0sweep000', arm: 0 } : null,
    })))
    const key = ({ createdAt, runId }: { createdAt: string; runId: string }) => createdAt + runId
    const newestFirst = all.toSorted((a, b) => (key(a) < key(b) ? 1 : -1))
    expect(pages(runs, null, most)).toEqual(newestFirst.map(({ runId }) => runId))
    expect(pages(runs, '0sweep000', most)).toEqual(newestFirst.filter(({ ofSweep }) => ofSweep).map(({ runId }) => runId))
    expect(pages(runs, '0nosweep0', most)).toEqual([])
  }), { numRuns: 30 })
})

function pages(runs: Runs, sweepId: string | null, most: number): string[] {
  const listed: string[] = []
  for (let after: RunPlace | null = null; ;) {
    const page: RunSummary[] = runs.page(sweepId, after, most).map(summaryOf)
    listed.push(...page.map(({ runId }) => runId))
    if (page.length < most) return listed
    after = page[page.length - 1]!
  }
}

test('pages of epochs continue after the last one', () => {
  const db = memoryLibrary()
  addRuns(db, 'a', 'b')
  const epochs = new Epochs(db)
  epochs.append('a', [1, 2, 3, 4, 5].map(metricsOf))
  epochs.append('b', [metricsOf(1)])
  const page = (after: number, most: number) => epochs.page('a', after, most).map(({ epoch }) => epoch)
  expect([page(0, 2), page(2, 2), page(4, 2), page(5, 2)]).toEqual([[1, 2], [3, 4], [5], []])
  expect(epochs.page('a', 0, 1)).toEqual([metricsOf(1)])
})
