import type { TrainingSpec } from '../spec/spec.ts'

/** Times the loss of an output of 0: no run that stood there for long was seen to come back, and its spikes make it slow. */
export const LOST_ABOVE = 1000

/**
 * Whether a run has diverged for so long that it is given up (training.giveUpAfter).
 * @param losses of all epochs so far
 * @param baseline loss of an output of 0: mean squared target
 */
export function isGivenUp(losses: readonly number[], baseline: number, { giveUpAfter }: Pick<TrainingSpec, 'giveUpAfter'>): boolean {
  if (giveUpAfter === 0 || losses.length < giveUpAfter) return false
  return losses.slice(-giveUpAfter).every((loss) => !(loss <= LOST_ABOVE * baseline))
}
