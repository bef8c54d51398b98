import { expect, it, vi } from 'vitest'
import { type SweepInput, sweepSchema } from '../../../src-engine/spec/sweep.ts'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import type { Library } from '../../../src-main/library/library.ts'
import type { Runs } from '../../../src-main/runs/runs.ts'
import { createSweeps } from '../../../src-main/runs/sweeps.ts'

const document: SweepInput = {
  spec: { training: { epochs: 8 } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4] }], seeds: [1],
  halving: { firstEpochs: 2, keep: 0.5 },
}

/** A sweep in which every run waits at the end of the first round, arm 3 with the smallest loss. */
function waitingSweep(active: boolean) {
  const runs = [0, 1, 2, 3].map((arm) => ({
    runId: String(arm), status: 'paused', epochsDone: 2, epochs: 8, mseLast20: 1 - 0.1 * arm, error: null, sweep: { sweepId: 'own', arm },
  }) as RunSummary)
  const library = {
    list: vi.fn(async (sweepId?: string | null) => (sweepId === 'own' ? runs : [])),
    sweep: vi.fn(async () => ({ sweepId: 'own', name: '', createdAt: '', document: sweepSchema.parse(document) })),
  }
  const acts = { stopPaused: vi.fn(async () => {}), enterNextRound: vi.fn(async () => {}) }
  const sweeps = createSweeps({
    library: library as unknown as Library, emit: () => {}, runs: { ...acts, isActive: () => active } as unknown as Runs,
  })
  return { library, acts, sweeps }
}

it('a run that ends before the last of its round reads nothing', async () => {
  const { library, acts, sweeps } = waitingSweep(true)
  await sweeps.advance('own')
  expect(library.sweep).not.toHaveBeenCalled()
  expect(library.list).not.toHaveBeenCalled()
  expect(acts.enterNextRound).not.toHaveBeenCalled()
})

it('the last run of a round ends it, and only the runs of its sweep are read', async () => {
  const { library, acts, sweeps } = waitingSweep(false)
  await sweeps.advance('own')
  expect(library.list.mock.calls).toEqual([['own']])
  expect(acts.enterNextRound).toHaveBeenCalledWith(['3', '2'])
  expect(acts.stopPaused).toHaveBeenCalledTimes(2)
})
