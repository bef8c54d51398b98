import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { roundsOf } from '../../../src-engine/sweep/halving.ts'
import { verdictOf } from '../../../src-main/runs/halve.ts'
import { HALVED, type SweepRun } from '../../../src-main/runs/rounds.ts'

const EPOCHS = 100

function runsOf(arms: number, seeds: number): SweepRun[] {
  return Array.from({ length: arms * seeds }, (_, index) => ({
    runId: `run${index}`, status: 'queued', epochsDone: 0, epochs: EPOCHS, mseLast20: null, error: null,
    sweep: { sweepId: 'sweep000', arm: index % arms },
  }))
}

/** Carries out a verdict, or only its first `most` steps. */
function carryOut(runs: SweepRun[], verdict: NonNullable<ReturnType<typeof verdictOf>>, most = Infinity): void {
  const of = (runId: string) => runs.find((run) => run.runId === runId)!
  const steps = [
    ...verdict.stop.map(({ runId }) => () => {
      Object.assign(of(runId), { status: 'stopped', error: { code: HALVED, message: '' } })
    }),
    ...verdict.advance.map((runId) => () => { of(runId).status = 'queued' }),
  ]
  for (const step of steps.slice(0, most)) step()
}

describe('successive halving from the library', () => {
  test('runs the planned rounds with the best arms, wherever the application is restarted', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1 / 3, 0.5, 0.7),
      fc.integer({ min: 1, max: 60 }),
      fc.infiniteStream(fc.nat({ max: 12 })), fc.infiniteStream(fc.nat()),
      (arms, seeds, keep, firstEpochs, cuts, choices) => {
        const rounds = roundsOf({ firstEpochs, keep }, arms, EPOCHS)
        const runs = runsOf(arms, seeds)
        for (let guard = 0; runs.some(({ status }) => status === 'queued' || status === 'paused'); guard++) {
          expect(guard).toBeLessThan(2000)
          const queued = runs.filter(({ status }) => status === 'queued')
          if (queued.length > 0) {
            const next = queued[choices.next().value % queued.length]
            next.epochsDone = rounds.find(({ epochs }) => epochs > next.epochsDone)!.epochs
            next.mseLast20 = next.sweep.arm
            next.status = next.epochsDone === EPOCHS ? 'done' : 'paused'
          }
          const verdict = verdictOf(runs, rounds)
          if (verdict) carryOut(runs, verdict, cuts.next().value)
        }
        const reached = (epochs: number) => new Set(runs.filter((run) => run.epochsDone >= epochs).map(({ sweep }) => sweep.arm))
        for (const round of rounds) {
          expect(reached(round.epochs)).toEqual(new Set(Array.from({ length: round.arms }, (_, arm) => arm)))
        }
      },
    ), { numRuns: 200 })
  })

  const rounds = roundsOf({ firstEpochs: 10, keep: 0.5 }, 4, EPOCHS)
  const waiting = (loss: (arm: number) => number) =>
    runsOf(4, 1).map((run) => ({ ...run, status: 'paused' as const, epochsDone: 10, mseLast20: loss(run.sweep.arm) }))

  test.each(['running', 'queued', 'interrupted'] as const)('waits for a run that is %s', (status) => {
    expect(verdictOf(waiting((arm) => arm).map((run, index) => (index === 3 ? { ...run, status } : run)), rounds)).toBeNull()
  })

  test('ranks an arm last if it diverged, failed or was stopped', () => {
    const diverged = verdictOf(waiting((arm) => (arm === 0 ? NaN : arm)), rounds)!
    expect(diverged.advance).toEqual(['run1', 'run2'])
    expect(diverged.stop).toEqual([{ runId: 'run3', place: 3, of: 4, epochs: 10 }, { runId: 'run0', place: 4, of: 4, epochs: 10 }])
    const failed = waiting((arm) => arm).map((run, index) => (index === 0 ? { ...run, status: 'failed' as const } : run))
    expect(verdictOf(failed, rounds)!.advance).toEqual(['run1', 'run2'])
    // With one of two seeds stopped, the arm stays in but has no loss.
    const twoSeeds = [...waiting((arm) => arm), ...waiting((arm) => arm).map((run) => ({ ...run, runId: `other ${run.runId}` }))]
    const half = twoSeeds.map((run, index) => (index === 0 ? { ...run, status: 'stopped' as const } : run))
    expect(new Set(verdictOf(half, rounds)!.advance)).toEqual(new Set(['run1', 'run2', 'other run1', 'other run2']))
  })

  test('decides nothing in the last round', () => {
    expect(verdictOf(waiting((arm) => arm).map((run) => ({ ...run, epochsDone: EPOCHS, status: 'done' as const })), rounds)).toBeNull()
  })
})
