import { widthOfNumbers } from '../components/column-width.ts'
import { formatCount } from '../components/format.ts'

/** Widths of the columns of seeds and epochs, as CSS variables, so that the longest numbers of these runs are whole. */
export function widthsOfRuns(runs: readonly { seed: number; epochs: number }[]): Record<'--seed' | '--epochs', string> {
  const seed = formatCount(runs.reduce((largest, run) => Math.max(largest, run.seed), 0))
  const epochs = formatCount(runs.reduce((largest, run) => Math.max(largest, run.epochs), 0))
  return { '--seed': widthOfNumbers([seed]), '--epochs': widthOfNumbers([`${epochs} / ${epochs}`]) }
}
