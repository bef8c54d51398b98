import { roundsOf } from '../../../src-engine/sweep/halving.ts'
import { type Sample, sampleOf } from '../../../src-engine/analysis/statistics.ts'
import { formatCount } from '../../components/format.ts'
import { groupedBy } from '../../stores/grouped.ts'
import type { RunSummary } from '../../stores/runs.ts'
import type { SweepRecord } from '../../stores/sweeps.ts'

/** What one arm of a sweep came to. */
export interface ArmResult {
  arm: number
  label: string
  /** Of the MSE's mean over the last 20 epochs, over seeds. */
  sample: Sample
  /** Its runs, by seed. */
  runs: readonly RunSummary[]
  failed: number
  unfinished: number
  /** That all runs of the sample have. */
  epochs: number
}

/**
 * Arms by their loss, the best first. What early stopping ended sooner comes after what went further: its loss is of fewer epochs.
 * Arms without a loss come last, in their order.
 */
export function armResults({ arms, document }: SweepRecord, runs: readonly RunSummary[]): ArmResult[] {
  const ofArm = groupedBy(runs, ({ sweep }) => sweep?.arm ?? -1)
  const stopsEarly = document.halving !== null
  return arms
    .map(({ label }, arm) => resultOf(arm, label, ofArm.get(arm) ?? [], stopsEarly))
    .sort((a, b) => Number(b.sample.n > 0) - Number(a.sample.n > 0)
      || (stopsEarly ? b.epochs - a.epochs : 0)
      || worthOf(a) - worthOf(b)
      || a.arm - b.arm)
}

function resultOf(arm: number, label: string, runs: readonly RunSummary[], stopsEarly: boolean): ArmResult {
  const isWhole = ({ status }: RunSummary) => status === 'done' || (stopsEarly && status === 'stopped')
  const counts = runs.filter((run) => run.mseLast20 !== null && isWhole(run))
  return {
    arm,
    label,
    sample: sampleOf(counts.map(({ mseLast20 }) => mseLast20!)),
    runs: runs.toSorted((a, b) => a.seed - b.seed),
    failed: runs.filter(({ status }) => status === 'failed').length,
    unfinished: runs.filter(({ status }) => status !== 'done' && status !== 'failed' && status !== 'stopped').length,
    epochs: counts.length === 0 ? 0 : Math.min(...counts.map(({ epochsDone }) => epochsDone)),
  }
}

/** A mean that is no number is worse than any. */
const worthOf = ({ sample }: ArmResult) => (Number.isNaN(sample.mean) ? Number.MAX_VALUE : sample.mean)

/** The best arm has a loss, and is the first. */
export const isBest = (results: readonly ArmResult[], result: ArmResult) =>
  results[0] === result && Number.isFinite(result.sample.mean)

/** Runs of the best arms, as many arms as fit whole. */
export function runsToCompare(results: readonly ArmResult[], most: number): string[] {
  const ids: string[] = []
  for (const { runs } of results) {
    const done = runs.filter(({ epochsDone }) => epochsDone > 0)
    if (ids.length + done.length > most) break
    ids.push(...done.map(({ runId }) => runId))
  }
  return ids
}

/** '27 arms × 25 epochs → 9 × 75 → 3 × 250'. */
export function roundsText(halving: { firstEpochs: number; keep: number }, arms: number, epochs: number): string {
  const [first, ...others] = roundsOf(halving, arms, epochs)
  const begin = `${formatCount(first.arms)} ${first.arms === 1 ? 'arm' : 'arms'} × ${formatCount(first.epochs)} epochs`
  return [begin, ...others.map((round) => `${formatCount(round.arms)} × ${formatCount(round.epochs)}`)].join(' → ')
}
