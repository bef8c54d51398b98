import { describe, expect, it } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import { comparisonSchema, type SweepInput, sweepSchema } from '../../../src-engine/experiment/sweep.ts'
import { compareSweep } from '../../../src-main/app/comparison.ts'
import type { RunSummary } from '../../../src-main/contract/run.ts'
import { type Library, LibraryError } from '../../../src-main/library/library.ts'
import { learningCurveOf } from '../../fixtures/learning-curves.ts'

type Kept = Pick<Library, 'sweep' | 'list' | 'outlines' | 'epochColumns' | 'samples'>
type Task = Parameters<typeof specSchema.parse>[0]

interface Run { arm: number; seed: number; loss: number; task?: Task; sweepId?: string; status?: RunSummary['status'] }

/** A library with the runs of one sweep, oldest first. `asked` records how many runs each request reads. */
function keeping(document: SweepInput, runs: Run[], asked: number[] = []): Kept {
  const of = (runId: string) => runs[Number(runId)]
  const summaries = runs.map(({ arm, seed, sweepId = 'own', status = 'done' }, index) =>
    ({ runId: String(index), seed, status, sweep: { sweepId, arm } }) as RunSummary)
  return {
    sweep: async (sweepId) => {
      if (sweepId !== 'own') throw new LibraryError(sweepId === 'torn' ? 'damaged' : 'no-run', 'none')
      return { sweepId, name: '', createdAt: '', document: sweepSchema.parse(document) }
    },
    list: async (sweepId) => summaries.filter(({ sweep }) => sweep?.sweepId === sweepId).toReversed(),
    outlines: async (runIds) => runIds.map((runId) =>
      ({ summary: summaries[Number(runId)]!, spec: specSchema.parse({ task: of(runId)!.task }), engineDigest: '' })),
    samples: async () => Float64Array.from(square.samples),
    epochColumns: async (runIds) => {
      asked.push(runIds.length)
      return runIds.map((runId) => learningCurveOf(30, { loss: () => of(runId)!.loss }))
    },
  }
}

/** Amplitude 1 over whole periods, so the mean square is 1/2. */
const sine = { kind: 'sinusoids', frequencies: [1], steps: 1000 }
/** Not normalised, so the mean square is 4. */
const square = { kind: 'signal', file: 'square.csv', normalise: 'none', samples: [2, -2, -2, 2], patterns: 2, steps: 2 }
const document: SweepInput = {
  spec: { task: sine, scheme: { kind: 'sign' } }, axes: [{ kind: 'list', path: 'learning.rateOutput', values: [1, 2] }], seeds: [1, 2, 3],
}

describe('the comparison of a saved sweep', () => {
  it('measures each run by the mean square of its own targets, including imported signals', async () => {
    const losses = [0.24, 0.26, 1.01].map((loss, index) => ({ arm: 0, seed: index + 1, loss, task: sine }))
    const eight = [1.9, 2.1, 8.1].map((loss, index) => ({ arm: 1, seed: index + 1, loss, task: square }))
    const { arms } = (await compareSweep(keeping(document, [...losses, ...eight]), 'own', null))!
    for (const { runs } of arms) {
      expect(runs.map(({ stability }) => stability.outcome)).toEqual(['learned', 'untrained', 'diverged'])
    }
  })

  it('reads the samples that a task refers to', async () => {
    const kept = { ...square, samples: { count: 4, sha256: 'a'.repeat(64) } }
    const runsOf = (task: Task) => [1.9, 2.1, 8.1].map((loss, index) => ({ arm: 0, seed: index + 1, loss, task }))
    const armsOf = async (task: Task) => (await compareSweep(keeping(document, runsOf(task)), 'own', null))!.arms
    expect(await armsOf(kept)).toEqual(await armsOf(square))
  })

  it('uses the targets of each seed', async () => {
    const task = { kind: 'sinusoids', frequencies: [1, 2, 3, 5] }
    // Amplitudes and phases are random, so each seed has another mean square.
    const outcomes = async (loss: number) => {
      const runs = Array.from({ length: 30 }, (_, index) => ({ arm: 0, seed: index + 1, loss, task }))
      const { arms: [first] } = (await compareSweep(keeping(document, runs), 'own', null))!
      return first!.outcomes
    }
    expect(await outcomes(0.01)).toMatchObject({ learned: 30 })
    const near = await outcomes(0.11)
    expect(near.learned).toBeGreaterThan(0)
    expect(near.untrained).toBeGreaterThan(0)
  })

  it('reads only the runs of this sweep, in batches', async () => {
    const asked: number[] = []
    const own = Array.from({ length: 120 }, (_, index) => ({ arm: index % 2, seed: Math.floor(index / 2), loss: 0.1 }))
    const others = own.map((run) => ({ ...run, loss: 9, sweepId: 'another' }))
    const { arms } = (await compareSweep(keeping(document, [...others, ...own], asked), 'own', null))!
    for (const { sample } of arms) expect(sample).toMatchObject({ n: 60, mean: expect.closeTo(0.1, 12) })
    expect(asked).toEqual([50, 50, 20])
  })

  it('counts the oldest of several runs of an arm and seed', async () => {
    const runs = [0.1, 0.2].map((loss) => ({ arm: 0, seed: 1, loss }))
    const { arms: [first] } = (await compareSweep(keeping(document, runs), 'own', null))!
    expect(first!.runs.map(({ runId }) => runId)).toEqual(['0'])
  })

  it('uses the given settings, else those of the sweep, else equal epochs', async () => {
    const says = { ...document, comparison: { budget: { kind: 'set' as const, pulses: 100 } } }
    const runs = [{ arm: 0, seed: 1, loss: 0.1 }]
    const budget = async (...[kept, by]: [SweepInput, Parameters<typeof compareSweep>[2]]) =>
      (await compareSweep(keeping(kept, runs), 'own', by))!.budget.kind
    expect(await budget(says, comparisonSchema.parse({ budget: { kind: 'energy' } }))).toBe('energy')
    expect(await budget(says, null)).toBe('set')
    expect(await budget(document, null)).toBe('epochs')
  })

  it('counts failed runs apart from queued, running, paused, stopped and interrupted ones', async () => {
    const statuses = ['failed', 'queued', 'running', 'paused', 'stopped', 'interrupted'] as const
    const runs = statuses.map((status, seed) => ({ arm: 0, seed, loss: 0.1, status }))
    const { arms: [first] } = (await compareSweep(keeping(document, runs), 'own', null))!
    expect(first).toMatchObject({ runs: [], failed: 1, unfinished: 5 })
  })

  it('warns about deleted runs and unreadable documents', async () => {
    const { warnings } = (await compareSweep(keeping(document, [{ arm: 0, seed: 1, loss: 0.1 }]), 'own', null))!
    expect(warnings[0]).toBe('5 of the 6 runs of this sweep are no longer in the library.')
    const old = { ...document, spec: { task: { kind: 'obsolete' } } }
    expect(await compareSweep(keeping(old, []), 'own', null)).toMatchObject({
      arms: [], warnings: ['Cannot read the arms of this sweep, because its document has another version.', expect.any(String)],
    })
  })

  it('is null if there is no such sweep, and fails if the library does', async () => {
    expect(await compareSweep(keeping(document, []), 'none', null)).toBeNull()
    await expect(compareSweep(keeping(document, []), 'torn', null)).rejects.toMatchObject({ code: 'damaged' })
  })
})
