import type { Halving } from '../experiment/sweep.ts'

/** One round of successive halving. */
export interface Round {
  /** Number of arms in this round. */
  arms: number
  /** Epochs that each arm has at the end of the round. */
  epochs: number
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar, AISTATS 2016). After each round, the best share of the arms continues, and
 * the length grows by the same factor by which their number falls. The last round ends with the experiment.
 * @param epochs of the whole experiment
 */
export function roundsOf({ firstEpochs, keep }: Halving, arms: number, epochs: number): Round[] {
  const rounds: Round[] = []
  let [left, until] = [arms, firstEpochs]
  while (left > 1 && until < epochs) {
    rounds.push({ arms: left, epochs: until })
    // Each round stops at least one arm and keeps at least one.
    left = Math.max(1, Math.min(left - 1, Math.round(left * keep)))
    until = Math.min(epochs, Math.max(until + 1, Math.round(until / keep)))
  }
  return [...rounds, { arms: left, epochs }]
}

/**
 * Ranks arms by their losses, the smallest first. NaN comes last, and of equal losses the earlier arm comes first.
 * @returns indices into `losses`
 */
export function ranked(losses: readonly number[]): number[] {
  const worth = losses.map((loss) => (Number.isNaN(loss) ? Infinity : loss))
  return worth.map((_, arm) => arm).sort((a, b) => (worth[a] === worth[b] ? a - b : worth[a]! - worth[b]!))
}
