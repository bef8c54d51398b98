import type { Budget, EnergyCosts } from '../../../src-engine/spec/sweep.ts'
import type { Comparison } from '../../../src-engine/analysis/comparison.ts'
import { unicodeNumber, written } from './numbers.ts'
import type { StudyReport } from './report.ts'

/** How the numbers were got, in sentences that hold for every section. */
export const methodLines = ({ sections }: StudyReport): string[] => [
  'Loss: mean squared error (MSE) of the readout against its target, mean of the last 20 epochs that count; an arm\'s is the mean over its runs, one a seed.',
  'Every arm has the same seeds; a seed fixes the patterns, the initial draws and what the devices draw, so runs of one seed are pairs.',
  'Intervals: 95 % percentile bootstrap of the mean over seeds, 10 000 resamples from a fixed stream. SD: sample standard deviation, n − 1.',
  'Difference: mean over seeds of an arm\'s loss less that of the reference. p: two-sided paired sign-flip test (exact for up to 20 pairs); beside it, after Holm\'s correction over all arms of its section.',
  'Diverged, silent and untrained runs stay in every mean. An arm with a run whose loss is not finite has no mean; it is listed last.',
  ...budgetLines(sections.map(({ title, comparison }) => ({ title, comparison }))),
]

const LEVEL = 0.05
const MOST_EXACT_PAIRS = 20

/** Where so few pairs are tested so often that not even the clearest difference could pass the correction. */
export function powerNotes({ arms }: Comparison): string[] {
  const pairs = arms.flatMap(({ test }) => (test ? [test.pairs] : []))
  const most = Math.max(...pairs)
  const smallest = 2 * 2 ** -most
  const corrected = smallest * pairs.length
  if (pairs.length === 0 || most > MOST_EXACT_PAIRS || corrected < LEVEL) return []
  const given = most === 1 ? 'One pair gives' : `${most} pairs give`
  const tests = pairs.length === 1 ? 'one test' : `${pairs.length} tests`
  return [`${given} no p below ${smallest.toPrecision(2)}; after correction for ${tests} none can be below `
    + `${Math.min(1, corrected).toPrecision(2)}. The intervals say more.`]
}

function budgetLines(sections: { title: string, comparison: Comparison }[]): string[] {
  const texts = sections.map(({ comparison }) => `${budgetText(comparison.budget)} ${energyText(comparison.energy)}`)
  if (new Set(texts).size === 1) return [texts[0]]
  return sections.map(({ title }, index) => `${title}: ${texts[index]}`)
}

export function budgetText(budget: Budget): string {
  switch (budget.kind) {
    case 'epochs': return 'Budget: equal epochs; every run counts as it ended.'
    case 'set': return `Budget: ${amount(budget.pulses)} SET pulses; a run counts as it was in the last epoch within them.`
    case 'energy': return `Budget: ${amount(budget.microjoules)} µJ; a run counts as it was in the last epoch within them.`
  }
}

const energyText = ({ set, reset, read }: EnergyCosts) =>
  `Energy: ${amount(set)} pJ a SET, ${amount(reset)} pJ a RESET, ${amount(read)} pJ a READ.`

/** The caller's own settings, exactly. */
const amount = (value: number) => unicodeNumber(written(value, 17) && { mantissa: String(value), exponent: 0 })
