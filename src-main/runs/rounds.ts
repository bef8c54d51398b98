import { type Round, roundsOf } from '../../src-engine/sweep/halving.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { RunSummary } from '../contract/run.ts'
import type { StoredSweep, Library } from '../library/library.ts'
import { armCount } from '../../src-engine/sweep/expand-sweep.ts'

/** The part of a run's summary that its sweep needs. */
export type SweepRun = Pick<RunSummary, 'runId' | 'status' | 'epochsDone' | 'epochs' | 'mseLast20' | 'error'> & { sweep: NonNullable<RunSummary['sweep']> }

/** Error code of a run that successive halving stopped early. */
export const HALVED = 'halved'

export const isHalved = ({ error }: Pick<RunSummary, 'error'>) => error?.code === HALVED

type Held = Pick<RunSummary, 'sweep' | 'epochsDone'> & { spec: Spec }
type Whole = Pick<RunSummary, 'sweep' | 'epochs' | 'epochsDone'>

/**
 * Returns a function that gives the number of sequences after which a run waits for the others of its round; null if it runs to
 * its end.
 * @param released whether the round at whose end the runs wait is over; otherwise they wait there again
 */
export async function holds(library: Library, runs: readonly Held[], released: boolean): Promise<(run: Held) => number | null> {
  const roundsOf = await roundsOfSweeps(library, runs.map(({ sweep, spec }) => ({ sweep, epochs: spec.training.epochs })))
  return ({ sweep, spec, epochsDone }) => {
    const next = roundsOf(sweep).find(({ epochs }) => (released ? epochs > epochsDone : epochs >= epochsDone))
    return next === undefined || next.epochs === spec.training.epochs ? null : next.epochs * spec.task.patterns
  }
}

/** Returns a function that tells whether a run is at the end of a round. */
export async function atRounds(library: Library, runs: readonly Whole[]): Promise<(run: Whole) => boolean> {
  const roundsOf = await roundsOfSweeps(library, runs)
  return ({ sweep, epochsDone }) => roundsOf(sweep).some(({ epochs }) => epochs === epochsDone)
}

/** Rounds of the runs' sweeps, computed once per sweep. */
async function roundsOfSweeps(library: Library, runs: readonly Omit<Whole, 'epochsDone'>[]) {
  const known = new Map<string, Round[]>()
  for (const { sweep, epochs } of runs) {
    if (sweep === null || known.has(sweep.sweepId)) continue
    const stored = await library.sweep(sweep.sweepId).catch(() => null)
    known.set(sweep.sweepId, stored ? roundsFor(stored, epochs) : [])
  }
  return (sweep: Whole['sweep']): readonly Round[] => (sweep === null ? [] : known.get(sweep.sweepId) ?? [])
}

export const roundsFor = ({ document }: StoredSweep, epochs: number): Round[] =>
  (document.halving === null ? [] : roundsOf(document.halving, armCount(document), epochs))
