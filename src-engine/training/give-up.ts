import { LOST_ABOVE, type TrainingSpec } from '../spec/spec.ts'

/**
 * Whether a run has diverged for so long that it is given up (training.giveUpAfter).
 * @param losses of all epochs so far
 * @param baseline loss of an output of 0: mean squared target
 */
export function isGivenUp(losses: readonly number[], baseline: number, { giveUpAfter }: Pick<TrainingSpec, 'giveUpAfter'>): boolean {
  if (giveUpAfter === 0 || losses.length < giveUpAfter) return false
  return losses.slice(-giveUpAfter).every((loss) => !(loss <= LOST_ABOVE * baseline))
}
