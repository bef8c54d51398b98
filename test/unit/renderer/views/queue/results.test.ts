import { expect, test } from 'vitest'
import { sweepSchema } from '../../../../../src-engine/experiment/sweep.ts'
import type { RunSummary } from '../../../../../src-renderer/stores/runs.ts'
import { armResults, isBest, roundsText, runsToCompare } from '../../../../../src-renderer/views/queue/results.ts'
import { summaryOf } from '../../fixtures.ts'

const recordOf = (labels: string[], halving: { firstEpochs: number; keep: number } | null = null) => ({
  sweepId: 'sweep0001', name: '', createdAt: '', document: sweepSchema.parse({ spec: {}, halving }),
  arms: labels.map((label) => ({ label, changes: [] })),
})

const runOf = (arm: number, seed: number, lossLast20: number | null, given: Partial<RunSummary> = {}) => summaryOf({
  runId: `run${arm}${String(seed).padStart(4, '0')}`, seed, lossLast20, sweep: { sweepId: 'sweep0001', arm }, epochs: 100, epochsDone: 100, ...given,
})

test('arms are ranked by their mean over seeds, with n and SD', () => {
  const results = armResults(recordOf(['a', 'b']), [runOf(0, 1, 0.3), runOf(0, 2, 0.5), runOf(1, 1, 0.1), runOf(1, 2, 0.2)])
  expect(results.map(({ label }) => label)).toEqual(['b', 'a'])
  expect(results[1]!.sample.n).toBe(2)
  expect(results[1]!.sample.mean).toBeCloseTo(0.4, 12)
  expect(results[1]!.sample.sd).toBeCloseTo(Math.SQRT2 / 10, 12)
  expect(results.map((result) => isBest(results, result))).toEqual([true, false])
})

test('failed, running and manually stopped runs are excluded; an arm without results comes last', () => {
  const results = armResults(recordOf(['a', 'b', 'c']), [
    runOf(0, 1, 0.1, { status: 'failed' }), runOf(0, 2, 0.1, { status: 'running' }), runOf(0, 3, 0.1, { status: 'stopped' }),
    runOf(1, 1, 0.9), runOf(1, 2, null),
  ])
  expect(results.map(({ label }) => label)).toEqual(['b', 'a', 'c'])
  expect(results.map(({ sample }) => sample.n)).toEqual([1, 0, 0])
  expect(results[0]!.sample.sd).toBe(null)
  expect(results[1]).toMatchObject({ failed: 1, unfinished: 1, epochs: 0 })
})

test('a NaN loss ranks last and is never the best', () => {
  const results = armResults(recordOf(['a', 'b']), [runOf(0, 1, NaN), runOf(1, 1, 1e9)])
  expect(results.map(({ label }) => label)).toEqual(['b', 'a'])
  const alone = armResults(recordOf(['a']), [runOf(0, 1, NaN)])
  expect(isBest(alone, alone[0]!)).toBe(false)
})

test('with early stopping, arms that ran longer come first, whatever the losses of stopped arms', () => {
  const results = armResults(recordOf(['a', 'b', 'c'], { firstEpochs: 25, keep: 1 / 3 }), [
    runOf(0, 1, 0.01, { status: 'stopped', epochsDone: 25 }), runOf(1, 1, 0.4), runOf(2, 1, 0.3),
  ])
  expect(results.map(({ label, epochs }) => [label, epochs])).toEqual([['c', 100], ['b', 100], ['a', 25]])
})

test('compares the best arms whose runs all fit', () => {
  const runs = [0, 1, 2].flatMap((arm) => [1, 2].map((seed) => runOf(arm, seed, 0.1 * (arm + 1))))
  expect(runsToCompare(armResults(recordOf(['a', 'b', 'c']), runs), 5)).toEqual(['run00001', 'run00002', 'run10001', 'run10002'])
})

test('rounds are described by arms and epochs', () => {
  expect(roundsText({ firstEpochs: 25, keep: 1 / 3 }, 27, 250)).toBe('27 arms × 25 epochs → 9 × 75 → 3 × 225 → 1 × 250')
  expect(roundsText({ firstEpochs: 300, keep: 1 / 3 }, 3, 250)).toBe('3 arms × 250 epochs')
})
