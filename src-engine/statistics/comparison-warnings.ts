import { formatCount, formatExact, formatQuantity } from '../format/numbers.ts'
import { sameLabel } from '../format/read-number.ts'
import { counted as countedText } from '../format/words.ts'
import type { Budget, ComparisonSpec } from '../experiment/sweep.ts'
import type { CountedArm } from './counted-arm.ts'
import type { ComparedArm } from './comparison.ts'

/** With fewer seeds the estimated spread over seeds is unreliable. */
export const FEW_SEEDS = 10
export const SIGNIFICANCE_LEVEL = 0.05
/** Maximum number of arms named in one warning. */
const MOST_NAMED = 3

/** Caveats that a reader of the comparison needs to know, as whole sentences. */
export function warningsOf(
  counted: readonly CountedArm[], compared: readonly ComparedArm[], reference: number, by: ComparisonSpec,
): string[] {
  if (counted.every(({ runs }) => runs.length === 0)) return ['No run has finished yet.']
  return [
    ...referenceWarnings(counted, reference, by.reference),
    ...seedWarnings(counted),
    ...correctionWarnings(compared),
    ...missingRunWarnings(counted),
    ...lossWarnings(counted, reference),
    ...(by.budget.kind === 'epochs' ? lengthWarnings(counted) : budgetWarnings(counted, by.budget)),
  ]
}

function referenceWarnings(arms: readonly CountedArm[], reference: number, requested: string): string[] {
  const { label, runs } = arms[reference]!
  const isFound = requested === '' || sameLabel(requested, label)
  return [
    ...(isFound ? [] : [`There is no arm “${requested}”. The other arms are tested against the first arm, “${label}”.`]),
    ...(runs.length > 0 ? [] : [`The reference arm “${label}” has no finished run, so no arm is tested.`]),
  ]
}

function seedWarnings(arms: readonly CountedArm[]): string[] {
  const numbers = arms.map(({ runs }) => new Set(runs.map(({ seed }) => seed)).size).filter((n) => n > 0)
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  if (least >= FEW_SEEDS) return []
  const n = least === most ? `${most}` : `${least} to ${most}`
  const seeds = most === 1 ? '1 seed' : `${most} seeds`
  const limit = `With ${seeds}, an exact paired test cannot give p below ${formatQuantity(smallestP(most))}.`
  return [`n = ${n}. Use at least ${FEW_SEEDS} seeds per arm. ${limit}`]
}

/** With many arms, Holm's correction can hide even the clearest difference, although a single test would show it. */
function correctionWarnings(arms: readonly ComparedArm[]): string[] {
  const pairs = arms.flatMap(({ test }) => (test ? [test.pairs] : []))
  const most = Math.max(0, ...pairs)
  const smallest = Math.min(1, pairs.length * smallestP(most))
  if (smallestP(most) > SIGNIFICANCE_LEVEL || smallest <= SIGNIFICANCE_LEVEL) return []
  return [`${pairs.length} arms are tested. With ${most} pairs, Holm's correction cannot give p below ${formatQuantity(smallest)}.`]
}

function missingRunWarnings(arms: readonly CountedArm[]): string[] {
  const [failed, unfinished] = [arms.map((arm) => arm.failed), arms.map((arm) => arm.unfinished)]
  return [
    ...warnIfAny(arms, failed, (runs, where) => `${runs} failed and ${isOrAre(failed)} left out of the means: ${where}.`),
    ...warnIfAny(arms, unfinished, (runs, where) =>
      `${runs} ${hasOrHave(unfinished)} not finished and ${isOrAre(unfinished)} left out of the means: ${where}.`),
  ]
}

function lossWarnings(arms: readonly CountedArm[], reference: number): string[] {
  const notNumbers = arms.map(({ runs }) => runs.filter(({ loss, epochs }) => epochs > 0 && !Number.isFinite(loss)).length)
  const untested = notNumbers[reference]! > 0 ? `Arms with the same seeds have no test against “${arms[reference]!.label}”. ` : ''
  return warnIfAny(arms, notNumbers, (runs, where) =>
    `${runs} ended with a loss that is not a number. ${untested}Arms without interval and test: ${where}.`)
}

function lengthWarnings(arms: readonly CountedArm[]): string[] {
  const lengths = arms.flatMap(({ epochsDone }) => epochsDone)
  const [least, most] = lengths.reduce(([low, high], length) => [Math.min(low, length), Math.max(high, length)], [Infinity, 0])
  return least === most ? [] : [`The runs have ${formatCount(least)} to ${formatCount(most)} epochs. Each is compared at its own end.`]
}

function amountOf(budget: Exclude<Budget, { kind: 'epochs' }>): string {
  switch (budget.kind) {
    case 'set': return `${formatCount(budget.pulses)} SETs`
    case 'energy': return `${formatExact(budget.microjoules)} µJ`
    case 'write-energy': return `${formatExact(budget.microjoules)} µJ of SETs and RESETs`
  }
}

function budgetWarnings(arms: readonly CountedArm[], budget: Exclude<Budget, { kind: 'epochs' }>): string[] {
  const amount = amountOf(budget)
  const onDevices = arms.filter((arm) => arm.onDevices)
  const digital = arms.filter((arm) => !arm.onDevices && arm.runs.length > 0)
  const none = onDevices.map(({ runs }) => runs.filter(({ epochs }) => epochs === 0).length)
  const whole = onDevices.map(({ runs, epochsDone }) => runs.filter(({ epochs }, index) => epochs === epochsDone[index]).length)
  return [
    ...warnIfAny(onDevices, none, (runs, where) =>
      `${runs} exceeded ${amount} in the first epoch, so no epoch counts and there is no loss: ${where}.`),
    ...warnIfAny(onDevices, whole, (runs, where) =>
      `${runs} stayed within ${amount}, so all ${sum(whole) === 1 ? 'its' : 'their'} epochs count: ${where}.`),
    ...(digital.length > 0 ? [`Digital arms fire no pulses, so all their epochs count: ${listed(digital.map(({ label }) => label))}.`] : []),
  ]
}

/** The sentence with the number of runs and the arms they belong to; empty if all counts are 0. */
function warnIfAny(
  arms: readonly CountedArm[], counts: readonly number[], sentence: (runs: string, where: string) => string,
): string[] {
  const total = sum(counts)
  if (total === 0) return []
  const where = arms.flatMap(({ label }, index) => (counts[index]! > 0 ? [`${label} (${counts[index]})`] : []))
  return [sentence(countedText(total, 'run'), listed(where))]
}

const listed = (names: readonly string[]) => (names.length > MOST_NAMED
  ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
  : names.join(', '))

const isOrAre = (counts: readonly number[]) => (sum(counts) === 1 ? 'is' : 'are')

const hasOrHave = (counts: readonly number[]) => (sum(counts) === 1 ? 'has' : 'have')

/** Smallest p of an exact two-sided sign-flip test: all differences have one sign, and its mirror image counts too. */
const smallestP = (pairs: number) => Math.min(1, 2 ** (1 - pairs))

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
