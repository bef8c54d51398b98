import { expect, it, vi } from 'vitest'
import { type SweepInput, sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import { type Library, LibraryError } from '../../../src-main/library/library.ts'
import type { Runs } from '../../../src-main/runs/runs.ts'
import { createSweeps } from '../../../src-main/runs/sweeps.ts'

const document: SweepInput = {
  spec: { training: { epochs: 8 } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3, 4] }], seeds: [1],
  halving: { firstEpochs: 2, keep: 0.5 },
}

/** A sweep in which every run waits at the end of the first round, arm 3 with the smallest loss. */
function waitingSweep(some: Partial<Runs> = {}) {
  const runs = [0, 1, 2, 3].map((arm) => ({
    runId: String(arm), status: 'paused', seed: 1, epochsDone: 2, epochs: 8, error: null, sweep: { sweepId: 'own', arm },
  }) as RunSummary)
  const library = {
    list: vi.fn(async (sweepId?: string | null) => (sweepId === 'own' ? runs : [])),
    sweep: vi.fn(async () => ({ sweepId: 'own', name: '', createdAt: '', document: sweepSchema.parse(document) })),
    losses: vi.fn(async () => new Map(runs.map(({ runId, sweep }) => [runId, 1 - 0.1 * sweep!.arm]))),
  }
  const endRound = vi.fn<Runs['endRound']>(async () => true)
  const resume = vi.fn<Runs['resume']>(async () => {})
  const patiently = <Result>(call: () => Promise<Result>) => call()
  const service = { endRound, resume, patiently, isActive: () => false, closing: false, ...some }
  const sweeps = createSweeps({ library: library as unknown as Library, emit: () => {}, runs: service as unknown as Runs })
  return { library, endRound, resume, sweeps, runs }
}

it('a run that ends before the last of its round reads nothing', async () => {
  const { library, endRound, sweeps } = waitingSweep({ isActive: () => true })
  await sweeps.advance('own')
  expect(library.sweep).not.toHaveBeenCalled()
  expect(library.list).not.toHaveBeenCalled()
  expect(endRound).not.toHaveBeenCalled()
})

it('the last run of a round ends it, and only the runs of its sweep are read', async () => {
  const { library, endRound, sweeps, runs } = waitingSweep()
  await sweeps.advance('own')
  expect(library.list.mock.calls).toEqual([['own']])
  expect(library.losses.mock.calls).toEqual([['own', 2]])
  const [sweepId, seen, { stop, advance }] = endRound.mock.calls[0]!
  expect([sweepId, seen, advance]).toEqual(['own', runs, ['3', '2']])
  expect(stop.map(({ runId }) => runId)).toEqual(['1', '0'])
})

it('a round is decided again if another program has changed its runs meanwhile', async () => {
  const { endRound, sweeps, runs } = waitingSweep()
  endRound.mockImplementationOnce(async () => {
    runs.forEach((run) => { run.status = 'running' })
    return false
  })
  await sweeps.advance('own')
  expect(endRound).toHaveBeenCalledTimes(1)
})

it('a program that closes ends no round', async () => {
  const { endRound, sweeps } = waitingSweep({ closing: true })
  await sweeps.advance('own')
  expect(endRound).not.toHaveBeenCalled()
})

it('resuming a sweep resumes no run that waits for the others of its round', async () => {
  const { resume, sweeps, runs } = waitingSweep({ isActive: () => true })
  runs[3]!.epochsDone = 1
  runs[2]!.status = 'interrupted'
  await sweeps.resume('own')
  expect(resume.mock.calls).toEqual([['3', '2']])
})

it('no round waits for a run that cannot be read, and a sweep resumes without it', async () => {
  const { endRound, resume, sweeps, runs } = waitingSweep()
  Object.assign(runs[0]!, { status: 'interrupted', epochsDone: 1, unreadable: 'The spec is damaged.' })
  await sweeps.advance('own')
  expect(endRound.mock.calls[0]![2]).toMatchObject({ stop: [{ runId: '1' }], advance: ['3', '2'] })
  for (const run of runs) run.status = 'interrupted'
  await sweeps.resume('own')
  expect(resume.mock.calls).toEqual([['3', '2', '1']])
})

it('a sweep is resumed although another program has resumed one of its runs meanwhile', async () => {
  const { resume, sweeps, runs } = waitingSweep({ isActive: () => true })
  for (const run of runs) run.status = 'interrupted'
  resume.mockImplementationOnce(async () => {
    runs[1]!.status = 'queued'
    throw new LibraryError('busy', 'Run 1 is queued in another program.')
  })
  await sweeps.resume('own')
  expect(resume.mock.calls).toEqual([['3', '2', '1', '0'], ['3', '2', '0']])
})

it('resuming a sweep resumes no run of an arm that was stopped early', async () => {
  const { resume, sweeps, runs } = waitingSweep({ isActive: () => true })
  runs[0]!.error = { code: 'halved', message: '' }
  runs[0]!.status = 'stopped'
  runs.push({ ...runs[0]!, runId: '4', seed: 2, status: 'paused', epochsDone: 1, error: null })
  await sweeps.resume('own')
  expect(resume.mock.calls).toEqual([[]])
})
