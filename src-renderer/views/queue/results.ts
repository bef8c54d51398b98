import { type ArmResult as ArmResultOf, armResults as armResultsOf } from '../../../src-engine/statistics/arm-results.ts'
import { roundsOf } from '../../../src-engine/sweep/halving.ts'
import { formatCount } from '../../components/format.ts'
import type { RunSummary } from '../../stores/runs.ts'
import type { SweepRecord } from '../../stores/sweeps.ts'

export type ArmResult = ArmResultOf<RunSummary>

/** Arms of a sweep ranked by loss, best first. */
export const armResults = ({ arms, document }: SweepRecord, runs: readonly RunSummary[]): ArmResult[] =>
  armResultsOf(arms.map(({ label }) => label), document.halving !== null, runs)

/** Whether this arm is the best one: the first, with a finite loss. */
export const isBest = (results: readonly ArmResult[], result: ArmResult) =>
  results[0] === result && Number.isFinite(result.sample.mean)

/** Ids of the runs of the best arms, at most `most`. Includes only arms that fit completely. */
export function runsToCompare(results: readonly ArmResult[], most: number): string[] {
  const ids: string[] = []
  for (const { runs } of results) {
    const done = runs.filter(({ epochsDone }) => epochsDone > 0)
    if (ids.length + done.length > most) break
    ids.push(...done.map(({ runId }) => runId))
  }
  return ids
}

/** Rounds of early stopping: '27 arms × 25 epochs → 9 × 75 → 3 × 250'. */
export function roundsText(halving: { firstEpochs: number; keep: number }, arms: number, epochs: number): string {
  const rounds = roundsOf(halving, arms, epochs)
  const first = rounds[0]!
  const begin = `${formatCount(first.arms)} ${first.arms === 1 ? 'arm' : 'arms'} × ${formatCount(first.epochs)} epochs`
  return [begin, ...rounds.slice(1).map((round) => `${formatCount(round.arms)} × ${formatCount(round.epochs)}`)].join(' → ')
}
