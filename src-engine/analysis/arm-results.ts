import { type Sample, sampleOf } from './statistics.ts'

/** A sweep's run as far as its arm's result goes. */
export interface ArmRun {
  status: string
  seed: number
  epochsDone: number
  /** Mean over the last 20 epochs that are done; null before the first. */
  mseLast20: number | null
  sweep: { arm: number } | null
}

/** What one arm of a sweep came to. */
export interface ArmResult<Run extends ArmRun> {
  arm: number
  label: string
  /** Of the MSE's mean over the last 20 epochs, over seeds. */
  sample: Sample
  /** Its runs, by seed. */
  runs: readonly Run[]
  failed: number
  unfinished: number
  /** That all runs of the sample have. */
  epochs: number
}

/**
 * Arms by their loss, the best first. What early stopping ended sooner comes after what went further: its loss is of fewer epochs.
 * Arms without a loss come last, in their order.
 */
export function armResults<Run extends ArmRun>(
  labels: readonly string[], stopsEarly: boolean, runs: readonly Run[],
): ArmResult<Run>[] {
  const ofArm = new Map<number, Run[]>(labels.map((_, arm) => [arm, []]))
  for (const run of runs) if (run.sweep) ofArm.get(run.sweep.arm)?.push(run)
  return labels
    .map((label, arm) => resultOf(arm, label, ofArm.get(arm)!, stopsEarly))
    .sort((a, b) => Number(b.sample.n > 0) - Number(a.sample.n > 0)
      || (stopsEarly ? b.epochs - a.epochs : 0)
      || worthOf(a) - worthOf(b)
      || a.arm - b.arm)
}

function resultOf<Run extends ArmRun>(arm: number, label: string, runs: readonly Run[], stopsEarly: boolean): ArmResult<Run> {
  const isWhole = ({ status }: Run) => status === 'done' || (stopsEarly && status === 'stopped')
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
const worthOf = ({ sample }: ArmResult<ArmRun>) => (Number.isNaN(sample.mean) ? Number.MAX_VALUE : sample.mean)
