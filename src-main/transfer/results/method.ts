import type { Budget, EnergyCosts, PulseDurations } from '../../../src-engine/experiment/sweep.ts'
import type { Comparison } from '../../../src-engine/statistics/comparison.ts'
import { lossNamed } from '../../../src-engine/experiment/task.ts'
import { formatExact, formatRounded } from '../../../src-engine/format/numbers.ts'
import type { StudyReport } from './report.ts'

/** Description of the method that applies to every section. */
export const methodLines = ({ sections }: StudyReport): string[] => [
  ...lossLines(sections),
  'All arms use the same seeds. A seed fixes the patterns, the initial draws and the draws of the devices, so runs with the same seed form pairs.',
  'Intervals: 95 % percentile bootstrap of the mean over seeds, with 10 000 resamples from a fixed random stream. SD: sample standard deviation, n − 1.',
  ...(hasRestarts(sections) ? [RESTARTS] : []),
  'Difference: mean over seeds of the loss of the arm minus the loss of the reference. p: two-sided paired sign-flip test, exact for up to 20 pairs. p (Holm): the same after Holm\'s correction over all arms of the section.',
  'Diverged, silent and untrained runs are included in every mean. An arm with a run whose loss is not finite has no mean and is listed last.',
  ...budgetLines(sections.map(({ title, comparison }) => ({ title, comparison }))),
]

function lossLines(sections: StudyReport['sections']): string[] {
  const ids = new Set(sections.map(({ comparison: { loss } }) => loss))
  const losses = [...ids].map(lossNamed).map(({ name, title, compares }) => `${name.charAt(0).toLowerCase()}${name.slice(1)} (${title}) ${compares}`)
  return [`Loss: ${losses.join('; ')}, averaged over the last 20 epochs that count. The loss of an arm is the mean over its runs, one per seed.`]
}

const RESTARTS = 'Arms with several searches: each search gave settings of its own, and all of them ran with all seeds. The interval resamples searches and '
  + 'seeds (a nested bootstrap), so it covers what another search would have found. p is over seeds only, for the mean over the searches.'

const hasRestarts = (sections: StudyReport['sections']) =>
  sections.some(({ comparison: { arms } }) => arms.some(({ restarts }) => restarts !== undefined))

const LEVEL = 0.05
const MOST_EXACT_PAIRS = 20

/** Note for tests with so few pairs that even the clearest difference could not pass the correction. */
export function powerNotes({ arms }: Comparison): string[] {
  const pairs = arms.flatMap(({ test }) => (test ? [test.pairs] : []))
  const most = Math.max(...pairs)
  const smallest = 2 * 2 ** -most
  const corrected = smallest * pairs.length
  if (pairs.length === 0 || most > MOST_EXACT_PAIRS || corrected < LEVEL) return []
  const given = most === 1 ? 'one pair' : `${most} pairs`
  const tests = pairs.length === 1 ? 'one test' : `${pairs.length} tests`
  return [`With ${given}, p cannot be below ${formatRounded(smallest, 2)}. After correction for ${tests}, it cannot be below `
    + `${formatRounded(Math.min(1, corrected), 2)}. The intervals say more.`]
}

function budgetLines(sections: { title: string, comparison: Comparison }[]): string[] {
  const texts = sections.map(({ comparison }) => `${budgetText(comparison.budget)} ${energyText(comparison.energy)} ${durationText(comparison.duration)}`)
  const [first, ...others] = new Set(texts)
  if (first !== undefined && others.length === 0) return [first]
  return sections.map(({ title }, index) => `${title}: ${texts[index]}`)
}

export function budgetText(budget: Budget): string {
  switch (budget.kind) {
    case 'epochs': return 'Budget: equal epochs. Every run counts as it ended.'
    case 'set': return `Budget: ${formatExact(budget.pulses)} SET pulses. A run counts up to its last epoch within the budget.`
    case 'write-energy': return `Budget: ${formatExact(budget.microjoules)} µJ of SETs and RESETs. A run counts up to its last epoch within the budget.`
    case 'energy': return `Budget: ${formatExact(budget.microjoules)} µJ. A run counts up to its last epoch within the budget.`
  }
}

const energyText = ({ set, reset, read }: EnergyCosts) =>
  `Energy: ${formatExact(set)} pJ per SET, ${formatExact(reset)} pJ per RESET, ${formatExact(read)} pJ per READ.`

const durationText = ({ set, reset }: PulseDurations) =>
  `WRITE time: ${formatExact(set)} ns per SET and ${formatExact(reset)} ns per RESET, one device after the other.`
