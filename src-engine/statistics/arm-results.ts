import { type Sample, sampleOf } from './samples.ts'

/** The part of a sweep's run that its arm's result needs. */
export interface ArmRun {
  status: string
  seed: number
  epochsDone: number
  /** Mean loss of the last 20 finished epochs; null before the first epoch ends. */
  lossLast20: number | null
  sweep: { arm: number } | null
}

/** Result of one arm of a sweep. */
export interface ArmResult<Run extends ArmRun> {
  arm: number
  label: string
  /** The runs' `lossLast20`, one value per seed. */
  sample: Sample
  /** All runs of the arm, sorted by seed. */
  runs: readonly Run[]
  failed: number
  unfinished: number
  /** Number of epochs that every run of the sample has finished. */
  epochs: number
}

/**
 * Results of all arms, sorted by loss with the best first. With early stopping, arms with more epochs come first, because losses
 * after different numbers of epochs cannot be compared. Arms without a loss come last, in their original order.
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
      || sortKeyOf(a) - sortKeyOf(b)
      || a.arm - b.arm)
}

function resultOf<Run extends ArmRun>(arm: number, label: string, runs: readonly Run[], stopsEarly: boolean): ArmResult<Run> {
  const isWhole = ({ status }: Run) => status === 'done' || (stopsEarly && status === 'stopped')
  const counts = runs.filter((run) => run.lossLast20 !== null && isWhole(run))
  return {
    arm,
    label,
    sample: sampleOf(counts.map(({ lossLast20 }) => lossLast20!)),
    runs: runs.toSorted((a, b) => a.seed - b.seed),
    failed: runs.filter(({ status }) => status === 'failed').length,
    unfinished: runs.filter(({ status }) => status !== 'done' && status !== 'failed' && status !== 'stopped').length,
    epochs: counts.length === 0 ? 0 : Math.min(...counts.map(({ epochsDone }) => epochsDone)),
  }
}

/** NaN sorts after every number. */
const sortKeyOf = ({ sample }: ArmResult<ArmRun>) => (Number.isNaN(sample.mean) ? Number.MAX_VALUE : sample.mean)
