import type { Budget, ComparisonSpec } from '../spec/sweep.ts'
import type { CountedArm } from './counted-arm.ts'
import type { ComparedArm } from './comparison.ts'

/** Fewer say little of the spread over seeds. */
const FEW_SEEDS = 10
const LEVEL = 0.05
/** Arms named in one warning. */
const MOST_NAMED = 3

/** What a reader of a comparison has to know, in whole sentences. */
export function warningsOf(
  counted: readonly CountedArm[], compared: readonly ComparedArm[], reference: number, by: ComparisonSpec,
): string[] {
  if (counted.every(({ runs }) => runs.length === 0)) return ['No run has come to its end yet.']
  return [
    ...ofReference(counted, reference, by.reference),
    ...ofSeeds(counted),
    ...ofCorrection(compared),
    ...ofMissing(counted),
    ...ofLosses(counted, reference),
    ...(by.budget.kind === 'epochs' ? ofLengths(counted) : ofBudget(counted, by.budget)),
  ]
}

function ofReference(arms: readonly CountedArm[], reference: number, asked: string): string[] {
  const { label, runs } = arms[reference]
  return [
    ...(asked === '' || asked === label ? [] : [`There is no arm “${asked}”: the others are tested against the first, “${label}”.`]),
    ...(runs.length > 0 ? [] : [`The reference, “${label}”, has no run that came to its end: nothing is tested.`]),
  ]
}

function ofSeeds(arms: readonly CountedArm[]): string[] {
  const numbers = arms.map(({ runs }) => runs.length).filter((n) => n > 0)
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)]
  if (least >= FEW_SEEDS) return []
  const n = least === most ? `${most}` : `${least} to ${most}`
  const what = most === 1 ? '1 seed' : `${most} seeds`
  return [`n = ${n}: fewer than ${FEW_SEEDS} seeds say little, and an exact paired test of ${what} cannot give p below ${rounded(smallestP(most))}.`]
}

/** With many arms even the clearest of differences may not come through, though one arm's would. */
function ofCorrection(arms: readonly ComparedArm[]): string[] {
  const pairs = arms.flatMap(({ test }) => (test ? [test.pairs] : []))
  const most = Math.max(0, ...pairs)
  const smallest = Math.min(1, pairs.length * smallestP(most))
  if (smallestP(most) > LEVEL || smallest <= LEVEL) return []
  return [`${pairs.length} arms are tested: Holm's correction over them cannot give p below ${rounded(smallest)} with ${most} pairs.`]
}

function ofMissing(arms: readonly CountedArm[]): string[] {
  const [failed, unfinished] = [arms.map((arm) => arm.failed), arms.map((arm) => arm.unfinished)]
  return [
    ...told(arms, failed, (runs, where) => `${runs} failed and ${isOrAre(failed)} in no mean: ${where}.`),
    ...told(arms, unfinished, (runs, where) => `${runs} did not come to the end, or not yet, and ${isOrAre(unfinished)} in no mean: ${where}.`),
  ]
}

function ofLosses(arms: readonly CountedArm[], reference: number): string[] {
  const numberless = arms.map(({ runs }) => runs.filter(({ loss, epochs }) => epochs > 0 && !Number.isFinite(loss)).length)
  const against = numberless[reference] > 0 ? `, nor any test against “${arms[reference].label}” in the same seeds` : ''
  return told(arms, numberless, (runs, where) =>
    `${runs} ended with a loss that is no number; intervals and tests of these arms are none either${against}: ${where}.`)
}

function ofLengths(arms: readonly CountedArm[]): string[] {
  const lengths = arms.flatMap(({ epochsDone }) => epochsDone)
  const [least, most] = lengths.reduce(([low, high], length) => [Math.min(low, length), Math.max(high, length)], [Infinity, 0])
  return least === most ? [] : [`Runs of ${least} to ${most} epochs are compared, each as it ended.`]
}

function ofBudget(arms: readonly CountedArm[], budget: Exclude<Budget, { kind: 'epochs' }>): string[] {
  const amount = budget.kind === 'set' ? `${grouped(budget.pulses)} SETs` : `${budget.microjoules} µJ`
  const onDevices = arms.filter((arm) => arm.onDevices)
  const digital = arms.filter((arm) => !arm.onDevices && arm.runs.length > 0)
  const none = onDevices.map(({ runs }) => runs.filter(({ epochs }) => epochs === 0).length)
  const whole = onDevices.map(({ runs, epochsDone }) => runs.filter(({ epochs }, index) => epochs === epochsDone[index]).length)
  return [
    ...told(onDevices, none, (runs, where) => `${runs} spent ${amount} within the first epoch, so that no epoch counts and there is no loss: ${where}.`),
    ...told(onDevices, whole, (runs, where) => `${runs} did not need ${amount} and ${sum(whole) === 1 ? 'counts' : 'count'} whole: ${where}.`),
    ...(digital.length > 0 ? [`Digital arms fire no pulses and count whole: ${listed(digital.map(({ label }) => label))}.`] : []),
  ]
}

/** Nothing where all counts are 0; else how many runs, and in which arms. */
function told(
  arms: readonly CountedArm[], counts: readonly number[], sentence: (runs: string, where: string) => string,
): string[] {
  const total = sum(counts)
  if (total === 0) return []
  const where = arms.flatMap(({ label }, index) => (counts[index] > 0 ? [`${label} (${counts[index]})`] : []))
  return [sentence(total === 1 ? '1 run' : `${grouped(total)} runs`, listed(where))]
}

const listed = (names: readonly string[]) => (names.length > MOST_NAMED
  ? `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`
  : names.join(', '))

const isOrAre = (counts: readonly number[]) => (sum(counts) === 1 ? 'is' : 'are')

/** Of an exact two-sided sign-flip test: all differences of one sign, and the mirror of that. */
const smallestP = (pairs: number) => Math.min(1, 2 ** (1 - pairs))

const rounded = (p: number) => String(Number(p.toPrecision(3)))

/** Whole numbers with thin spaces between thousands. */
const grouped = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, '\u2009')

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
