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
type Whole = Pick<RunSummary, 'sweep' | 'epochs' | 'epochsDone'>

/**
 * For runs of these sweeps: sequences after which a run waits for the others of its round; null where it goes on to its end.
 * @param released whether the round that they stand at the end of is over; else they wait there
 */
export async function holds(library: Library, runs: readonly Held[], released: boolean): Promise<(run: Held) => number | null> {
  const roundsOf = await roundsOfSweeps(library, runs.map(({ sweep, spec }) => ({ sweep, epochs: spec.training.epochs })))
  return ({ sweep, spec, epochsDone }) => {
    const next = roundsOf(sweep).find(({ epochs }) => (released ? epochs > epochsDone : epochs >= epochsDone))
    return next === undefined || next.epochs === spec.training.epochs ? null : next.epochs * spec.task.patterns
  }
}

/** Whether a run has got as far as the others of its round wait for it. */
export async function atRounds(library: Library, runs: readonly Whole[]): Promise<(run: Whole) => boolean> {
  const roundsOf = await roundsOfSweeps(library, runs)
  return ({ sweep, epochsDone }) => roundsOf(sweep).some(({ epochs }) => epochs === epochsDone)
}

/** Worked out once a sweep, however many of its runs there are. */
async function roundsOfSweeps(library: Library, runs: readonly Omit<Whole, 'epochsDone'>[]) {
  const known = new Map<string, Round[]>()
  for (const { sweep, epochs } of runs) {
    if (sweep === null || known.has(sweep.sweepId)) continue
    const kept = await library.sweep(sweep.sweepId).catch(() => null)
    known.set(sweep.sweepId, kept ? roundsFor(kept, epochs) : [])
  }
  return (sweep: Whole['sweep']): readonly Round[] => (sweep === null ? [] : known.get(sweep.sweepId) ?? [])
}

export const roundsFor = ({ document }: KeptSweep, epochs: number): Round[] =>
  (document.halving === null ? [] : roundsOf(document.halving, armsOf(document).length, epochs))
