import { type Round, roundsOf } from '../../src-engine/sweep/halving.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { RunSummary } from '../contract/run.ts'
import type { KeptSweep, Library } from '../library/library.ts'
import { armsOf } from './arms.ts'

/** A run as far as its sweep has to know it. */
export type SweepRun = Pick<RunSummary, 'runId' | 'status' | 'epochsDone' | 'epochs' | 'mseLast20' | 'error'> & { sweep: NonNullable<RunSummary['sweep']> }

/** Why a run was stopped early; what it says of itself. */
export const HALVED = 'halved'

export const isHalved = ({ error }: Pick<RunSummary, 'error'>) => error?.code === HALVED

type Held = Pick<RunSummary, 'sweep' | 'epochsDone'> & { spec: Spec }

/**
 * For runs of these sweeps: sequences after which a run waits for the others of its round; null where it goes on to its end.
 * @param released whether the round that they stand at the end of is over; else they wait there
 */
export async function holds(library: Library, runs: readonly Held[], released: boolean): Promise<(run: Held) => number | null> {
  const roundsOfSweeps = new Map<string, Round[]>()
  for (const { sweep, spec } of runs) {
    if (sweep === null || roundsOfSweeps.has(sweep.sweepId)) continue
    const kept = await library.sweep(sweep.sweepId).catch(() => null)
    roundsOfSweeps.set(sweep.sweepId, kept ? roundsFor(kept, spec.training.epochs) : [])
  }
  return ({ sweep, spec, epochsDone }) => {
    const rounds = sweep ? roundsOfSweeps.get(sweep.sweepId)! : []
    const next = rounds.find(({ epochs }) => (released ? epochs > epochsDone : epochs >= epochsDone))
    return next === undefined || next.epochs === spec.training.epochs ? null : next.epochs * spec.task.patterns
  }
}

/** Whether the run has got as far as the others of its round wait for it. */
export async function isAtRound(library: Library, { sweep, epochs, epochsDone }: Pick<RunSummary, 'sweep' | 'epochs' | 'epochsDone'>): Promise<boolean> {
  const kept = sweep && await library.sweep(sweep.sweepId).catch(() => null)
  return kept ? roundsFor(kept, epochs).some((round) => round.epochs === epochsDone) : false
}

export const roundsFor = ({ document }: KeptSweep, epochs: number): Round[] =>
  (document.halving === null ? [] : roundsOf(document.halving, armsOf(document).length, epochs))
