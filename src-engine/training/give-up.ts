import { DIVERGENCE_THRESHOLD, type TrainingSpec } from '../experiment/spec.ts'

/**
 * Whether a run should stop early because every one of its last `giveUpAfter` epochs diverged. 0 = never.
 * @param losses of all epochs so far
 * @param baseline loss of an output of 0
 */
export function shouldGiveUp(losses: readonly number[], baseline: number, { giveUpAfter }: Pick<TrainingSpec, 'giveUpAfter'>): boolean {
  if (giveUpAfter === 0 || losses.length < giveUpAfter) return false
  // NaN counts as diverged.
  return losses.slice(-giveUpAfter).every((loss) => !(loss <= DIVERGENCE_THRESHOLD * baseline))
}
