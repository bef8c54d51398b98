import { expect, test } from 'vitest'
import { sweepSchema } from '../../../../../src-engine/experiment/sweep.ts'
import { halvingHint, halvingProgress, halvingText } from '../../../../../src-renderer/views/queue/halving-progress.ts'
import type { RunStatus } from '../../../../../src-renderer/stores/runs.ts'

/** Nine arms: 9 × 10 epochs, then 3 × 30, then 1 × 90. */
const sweep = {
  document: sweepSchema.parse({ spec: {}, halving: { firstEpochs: 10, keep: 1 / 3 } }),
  arms: Array.from({ length: 9 }, (_, arm) => ({ label: `arm ${arm}`, changes: [] })),
}
const run = (epochsDone: number, status: RunStatus) => ({ status, epochs: 90, epochsDone })
const many = (count: number, ...of: Parameters<typeof run>) => Array.from({ length: count }, () => run(...of))

test('the first round shows its runs as they reach its end, not 0 of 9 ended', () => {
  const now = halvingProgress(sweep, [...many(4, 10, 'paused'), run(5, 'running'), ...many(4, 0, 'queued')])!
  expect(now).toMatchObject({ round: 1, rounds: 3, done: 4, runs: 9, epochs: 10 })
  expect(halvingText(now)).toBe('Round 1 of 3 · 4 of 9 runs')
  expect(halvingHint(now)).toBe('In round 1 of 3, 4 of 9 runs have reached 10 epochs.')
  // 9 × 10 + 3 × 20 + 1 × 60 epochs are planned.
  expect(now.share).toBeCloseTo(45 / 210)
})

test('later rounds leave out the arms that were stopped, and failed runs', () => {
  const now = halvingProgress(sweep, [...many(5, 10, 'stopped'), run(3, 'failed'), run(30, 'paused'), run(12, 'running'), run(10, 'queued')])
  expect(now).toMatchObject({ round: 2, done: 1, runs: 3, epochs: 30 })
})

test('there is none without early stopping or after the end', () => {
  expect(halvingProgress({ ...sweep, document: sweepSchema.parse({ spec: {} }) }, [run(5, 'running')])).toBeNull()
  expect(halvingProgress(sweep, [...many(8, 10, 'stopped'), run(90, 'done')])).toBeNull()
})
