import type { Halving } from '../spec/sweep.ts'

/** One round of successive halving: so many arms, until so many epochs are done. */
export interface Round {
  arms: number
  epochs: number
}

/**
 * The rounds of successive halving (Jamieson and Talwalkar, AISTATS 2016): after each the best share of the arms goes on, for as many
 * times longer as there are fewer of them. The last round is the whole experiment.
 * @param epochs of the whole experiment
 */
export function roundsOf({ firstEpochs, keep }: Halving, arms: number, epochs: number): Round[] {
  const rounds: Round[] = []
  let [left, until] = [arms, firstEpochs]
  while (left > 1 && until < epochs) {
    rounds.push({ arms: left, epochs: until })
    // At least one is stopped, and one goes on.
    left = Math.max(1, Math.min(left - 1, Math.round(left * keep)))
    until = Math.min(epochs, Math.max(until + 1, Math.round(until / keep)))
  }
  return [...rounds, { arms: left, epochs }]
}

/**
 * Places of arms by their losses, the smallest first; a loss that is no number comes last, and of equal ones the earlier arm first.
 * @returns indices into `losses`
 */
export function ranked(losses: readonly number[]): number[] {
  const worth = losses.map((loss) => (Number.isNaN(loss) ? Infinity : loss))
  return worth.map((_, arm) => arm).sort((a, b) => (worth[a] === worth[b] ? a - b : worth[a] - worth[b]))
}
