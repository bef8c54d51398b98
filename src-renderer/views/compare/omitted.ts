import { counted, formatCount } from '../../components/format.ts'
import { COMPARE_MAX } from '../../stores/navigation.ts'
import type { RunSummary } from '../../stores/runs.ts'

/** Runs of a sweep that are not compared, although others of it are. */
export interface Omitted {
  sweepId: string
  shown: number
  /** Runs of the sweep that have results. */
  all: number
}

/** Sweeps of which only a part of the runs with results is compared. */
export function omittedRuns(compared: readonly RunSummary[], runsOf: ReadonlyMap<string, readonly RunSummary[]>): Omitted[] {
  const shown = Map.groupBy(compared.filter(({ sweep }) => sweep !== null), ({ sweep }) => sweep!.sweepId)
  return [...shown].flatMap(([sweepId, runs]) => {
    const all = (runsOf.get(sweepId) ?? []).filter(({ epochsDone }) => epochsDone > 0).length
    return all > runs.length ? [{ sweepId, shown: runs.length, all }] : []
  })
}

/** '20 of 36 runs of “Rates” are shown'. @param name of the sweep */
export const omittedText = ({ shown, all }: Omitted, name: string): string =>
  `${formatCount(shown)} of ${counted(all, 'run')} of “${name}” ${shown === 1 ? 'is' : 'are'} shown`

/** What to do about it. */
export const omittedHelp = `Compare shows up to ${COMPARE_MAX} runs.`
