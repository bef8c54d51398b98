import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Round, roundsOf } from '../../../src-engine/sweep/halving.ts'
import { isHalved, isRoundOver, standingOf, type SweepRun, verdictOf } from '../../../src-main/runs/halve.ts'

const EPOCHS = 100

function runsOf(arms: number, seeds: number): SweepRun[] {
  return Array.from({ length: arms * seeds }, (_, index) => ({
    runId: `run${index}`, status: 'queued', seed: Math.floor(index / arms), epochsDone: 0, epochs: EPOCHS, error: null,
    sweep: { sweepId: 'sweep000', arm: index % arms },
  }))
}

/** Epochs at which the losses are ranked; null if the round is not over. */
function rankedAt(runs: readonly SweepRun[], rounds: readonly Round[]): number | null {
  const standing = standingOf(runs, rounds)
  return isRoundOver(standing, rounds) ? standing.until : null
}

function decide(runs: readonly SweepRun[], rounds: readonly Round[], lossOf: (run: SweepRun, epoch: number) => number) {
  const epoch = rankedAt(runs, rounds)
  return verdictOf(runs, rounds, epoch === null ? null : new Map(runs.map((run) => [run.runId, lossOf(run, epoch)])))
}

describe('successive halving from the library', () => {
  test('runs the planned rounds with the best arms, whatever the order of the runs', () => {
    fc.assert(fc.property(
      fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 3 }), fc.constantFrom(1 / 3, 0.5, 0.7),
      fc.integer({ min: 1, max: 60 }), fc.infiniteStream(fc.nat()),
      (arms, seeds, keep, firstEpochs, choices) => {
        const rounds = roundsOf({ firstEpochs, keep }, arms, EPOCHS)
        const runs = runsOf(arms, seeds)
        const of = (runId: string) => runs.find((run) => run.runId === runId)!
        for (let guard = 0; runs.some(({ status }) => status === 'queued' || status === 'paused'); guard++) {
          expect(guard).toBeLessThan(2000)
          const queued = runs.filter(({ status }) => status === 'queued')
          if (queued.length > 0) {
            const next = queued[choices.next().value % queued.length]!
            next.epochsDone = standingOf(runs, rounds).until
            next.status = next.epochsDone === EPOCHS ? 'done' : 'paused'
          }
          const verdict = decide(runs, rounds, ({ sweep }) => sweep.arm)
          for (const { runId, error } of verdict?.stop ?? []) Object.assign(of(runId), { status: 'stopped', error })
          for (const runId of verdict?.advance ?? []) of(runId).status = 'queued'
        }
        const reached = (epochs: number) => new Set(runs.filter((run) => run.epochsDone >= epochs).map(({ sweep }) => sweep.arm))
        for (const round of rounds) {
          expect(reached(round.epochs)).toEqual(new Set(Array.from({ length: round.arms }, (_, arm) => arm)))
        }
      },
    ), { numRuns: 200 })
  })

  // Rounds of 10, 20 and 100 epochs for 4, 2 and 1 arms.
  const rounds = roundsOf({ firstEpochs: 10, keep: 0.5 }, 4, EPOCHS)
    .map((round, index) => (index === 2 ? { ...round, epochs: EPOCHS } : round)).slice(0, 3)
  const waiting = (seeds = 1) => runsOf(4, seeds).map((run) => ({ ...run, status: 'paused' as const, epochsDone: 10 }))
  const change = (runs: readonly SweepRun[], index: number, some: Partial<SweepRun>) =>
    runs.map((run, place) => (place === index ? { ...run, ...some } : run))
  const byArm = ({ sweep }: SweepRun) => sweep.arm

  test.each(['running', 'queued', 'interrupted'] as const)('waits for a run that is %s', (status) => {
    expect(decide(change(waiting(), 3, { status }), rounds, byArm)).toBeNull()
  })

  test('waits for a run that was paused before the end of the round', () => {
    expect(decide(change(waiting(), 3, { epochsDone: 7 }), rounds, byArm)).toBeNull()
  })

  test('stops the worse arms with their rank, and the better ones continue', () => {
    expect(decide(waiting(), rounds, byArm)).toEqual({
      advance: ['run0', 'run1'],
      stop: [
        { runId: 'run2', error: { code: 'halved', message: 'Stopped early: rank 3 of 4 arms after 10 epochs.' } },
        { runId: 'run3', error: { code: 'halved', message: 'Stopped early: rank 4 of 4 arms after 10 epochs.' } },
      ],
    })
  })

  test('ranks all arms after the same epochs, also if one has trained further', () => {
    const ahead = change(waiting(), 3, { epochsDone: 15 })
    expect(rankedAt(ahead, rounds)).toBe(10)
    // Arm 3 would be the best with its latest loss.
    const verdict = decide(ahead, rounds, ({ sweep }, epoch) => (epoch === 10 ? sweep.arm : -sweep.arm))!
    expect(verdict.stop.map(({ runId }) => runId)).toEqual(['run2', 'run3'])
  })

  test('of equal losses the earlier arm comes first, in whatever order the runs are listed', () => {
    expect(decide(waiting().toReversed(), rounds, () => 1)!.advance).toEqual(['run0', 'run1'])
  })

  test('ranks an arm last if it diverged or a run of it was stopped, and leaves out an arm that has failed', () => {
    const diverged = decide(waiting(), rounds, ({ sweep: { arm } }) => (arm === 0 ? NaN : arm))!
    expect(diverged.advance).toEqual(['run1', 'run2'])
    expect(diverged.stop.map(({ runId }) => runId)).toEqual(['run3', 'run0'])
    expect(decide(change(waiting(), 0, { status: 'failed' }), rounds, byArm)!.advance).toEqual(['run1', 'run2'])
    const half = decide(change(waiting(2), 0, { status: 'stopped' }), rounds, byArm)!
    expect(new Set(half.advance)).toEqual(new Set(['run1', 'run2', 'run5', 'run6']))
    expect(half.stop.map(({ runId }) => runId)).toEqual(['run3', 'run7', 'run4'])
  })

  test('a run that was retried counts instead of the failed one', () => {
    const failed = change(waiting(), 0, { status: 'failed' })
    const again = { ...failed[0]!, runId: 'again', status: 'paused' as const }
    expect(decide([...failed, again], rounds, byArm)!.advance).toEqual(['again', 'run1'])
  })

  test('needs no ranks if as many arms are left as the next round has', () => {
    const few = [0, 1].reduce((runs, index) => change(runs, index, { status: 'failed' }), waiting() as readonly SweepRun[])
    expect(standingOf(few, rounds)).toMatchObject({ round: 1, until: 20 })
    expect(verdictOf(few, rounds, null)).toEqual({ advance: ['run2', 'run3'], stop: [] })
  })

  test('stops the rest of an arm that an earlier version stopped in part', () => {
    const error = { code: 'halved', message: 'rank 4' }
    const half = change(change(waiting(2), 3, { status: 'stopped', error }), 0, { status: 'running' })
    expect(decide(half, rounds, byArm)).toEqual({ advance: [], stop: [{ runId: 'run7', error }] })
  })

  test('decides nothing in the last round', () => {
    expect(decide(waiting().map((run) => ({ ...run, epochsDone: EPOCHS, status: 'done' as const })), rounds, byArm)).toBeNull()
  })

  test('an arm that was stopped early takes part again when it is resumed, against those that still train', () => {
    const stopped = { status: 'stopped' as const, error: { code: 'halved', message: '' } }
    const decided = [2, 3].reduce((runs, index) => change(runs, index, stopped), waiting() as readonly SweepRun[])
    expect(decided.filter(isHalved)).toHaveLength(2)
    const resumed = change(decided, 2, { status: 'queued', error: null })
    expect(standingOf(resumed, rounds)).toMatchObject({ round: 0, until: 10 })
    const done = [0, 1].reduce((runs, index) => change(runs, index, { status: 'done', epochsDone: EPOCHS }), resumed)
    expect(standingOf(done, rounds)).toMatchObject({ round: 2, until: EPOCHS })
  })
})
