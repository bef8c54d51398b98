import { type Round, roundsOf } from '../../src-engine/sweep/halving.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { RunSummary } from '../contract/run.ts'
import { LibraryError, type Library, type StoredSweep } from '../library/library.ts'
import { armCount } from '../../src-engine/sweep/expand-sweep.ts'
import { standingOf, type SweepRun } from './halve.ts'

/** A run that may have to wait for the others of its round. */
export type Limited = Pick<RunSummary, 'runId' | 'sweep'> & { spec: Spec }
type Whole = Pick<RunSummary, 'sweep' | 'epochs' | 'epochsDone'>

/** Gives the number of sequences after which a run waits for the others of its round; null if it runs to its end. */
export type LimitOf = (run: Limited) => Promise<number | null>

/** What the runs of one sweep may do: those of the arms that are in pause after `until` epochs, any other runs to its end. */
interface Limits {
  until: number
  runIds: Set<string>
}

/** Limits of runs as the library has their sweeps now. Each sweep is read once for all of its runs. */
export function limitsOf(library: Library): LimitOf {
  const known = new Map<string, Promise<Limits>>()

  /** If the read of another run has failed, this one reads again, so that one error fails one run. */
  async function limitsIn(sweepId: string, epochs: number): Promise<Limits> {
    const shared = await known.get(sweepId)?.catch(() => null)
    if (shared) return shared
    const own = readLimits(library, sweepId, epochs)
    known.set(sweepId, own)
    return own
  }

  return async ({ runId, sweep, spec: { training, task } }) => {
    if (sweep === null) return null
    const { until, runIds } = await limitsIn(sweep.sweepId, training.epochs)
    return runIds.has(runId) && until < training.epochs ? until * task.patterns : null
  }
}

async function readLimits(library: Library, sweepId: string, epochs: number): Promise<Limits> {
  const rounds = await readRounds(library, sweepId, epochs)
  if (rounds.length === 0) return { until: epochs, runIds: new Set() }
  const { arms, until } = standingOf(await runsOf(library, sweepId), rounds)
  return { until, runIds: new Set(arms.flat().map(({ runId }) => runId)) }
}

/** Runs of a sweep without those that cannot be read, which no round waits for. */
export const runsOf = async (library: Library, sweepId: string): Promise<SweepRun[]> =>
  (await library.list(sweepId)).filter((run): run is typeof run & SweepRun => run.sweep !== null && run.unreadable === undefined)

/** Rounds of a sweep's successive halving. None without it, or if the sweep is gone or its document can no longer be read. */
export async function readRounds(library: Library, sweepId: string, epochs: number): Promise<Round[]> {
  try {
    return roundsFor(await library.sweep(sweepId), epochs)
  } catch (error) {
    if (error instanceof LibraryError && (error.code === 'no-run' || error.code === 'damaged')) return []
    throw error
  }
}

/** Returns a function that tells whether a run is at the end of a round. */
export async function atRounds(library: Library, runs: readonly Whole[]): Promise<(run: Whole) => boolean> {
  const known = new Map<string, Round[]>()
  for (const { sweep, epochs } of runs) {
    if (sweep !== null && !known.has(sweep.sweepId)) known.set(sweep.sweepId, await readRounds(library, sweep.sweepId, epochs))
  }
  return ({ sweep, epochsDone }) => sweep !== null && known.get(sweep.sweepId)!.some(({ epochs }) => epochs === epochsDone)
}

const roundsFor = ({ document }: StoredSweep, epochs: number): Round[] =>
  (document.halving === null ? [] : roundsOf(document.halving, armCount(document), epochs))
