import { formatQuantity } from '../format/numbers.ts'
import { bootstrapDifference, bootstrapInterval } from './bootstrap.ts'
import { FEW_SEEDS, SIGNIFICANCE_LEVEL } from './comparison-warnings.ts'
import { effectOfDifferences, effectOfSamples } from './effect-size.ts'
import { holm } from './holm.ts'
import { signFlipTest } from './paired.ts'
import { meanOf } from './samples.ts'
import { permutationTest } from './two-sample.ts'

/** Final value of one run. */
export interface SeededValue {
  seed: number
  value: number
}

export const pairings = ['paired', 'unpaired'] as const
/** Over the seeds that both groups have, or of two independent samples. */
export type Pairing = typeof pairings[number]

/** Test of a group against the base. Differences are the group minus the base. */
export interface GroupTest {
  /** Pairs, or values of the group and of the base. */
  n: readonly number[]
  difference: number
  /** 95 % bootstrap interval of the difference; null for too few values, or if one is not finite. */
  interval: readonly [number, number] | null
  /** Two-sided p of the sign-flip or the permutation test; NaN if a value is not finite. */
  p: number
  /** Lowest p that the test can give with so many values. */
  leastP: number
  /** p after Holm's correction over all tests. */
  corrected: number
  /** Difference in standard deviations: Cohen's d_z of pairs, Hedges' g of samples; null without a spread. */
  effect: number | null
}

export type GroupResult = { test: GroupTest; reason: null } | { test: null; reason: string }

/**
 * Tests every group against the base, in the order of the groups.
 * @param base index of the group that the others are tested against
 */
export function testGroups(groups: readonly (readonly SeededValue[])[], base: number, pairing: Pairing): GroupResult[] {
  const test = pairing === 'paired' ? pairedTest : unpairedTest
  const tests = groups.map((group, index) => (index === base ? 'the base' : test(group, groups[base] ?? [])))
  const corrected = holm(tests.flatMap((one) => (typeof one === 'string' ? [] : [one.p])))
  let next = 0
  return tests.map((one) => (typeof one === 'string'
    ? { test: null, reason: one }
    : { test: { ...one, corrected: corrected[next++]! }, reason: null }))
}

type Uncorrected = Omit<GroupTest, 'corrected'>

/** @returns the reason if there is no test */
function pairedTest(group: readonly SeededValue[], base: readonly SeededValue[]): Uncorrected | string {
  if ([group, base].some(hasSeedTwice)) return 'a seed occurs twice in a group, so runs cannot be paired'
  const other = new Map(base.map(({ seed, value }) => [seed, value]))
  const differences = group.flatMap(({ seed, value }) => (other.has(seed) ? [value - other.get(seed)!] : []))
  if (differences.length === 0) return 'no seed in common with the base'
  return {
    n: [differences.length],
    difference: meanOf(differences),
    interval: bootstrapInterval(differences),
    p: signFlipTest(differences),
    leastP: 2 ** (1 - differences.length),
    effect: effectOfDifferences(differences),
  }
}

const hasSeedTwice = (group: readonly SeededValue[]) => new Set(group.map(({ seed }) => seed)).size < group.length

/** @returns the reason if there is no test */
function unpairedTest(group: readonly SeededValue[], base: readonly SeededValue[]): Uncorrected | string {
  if (group.length === 0 || base.length === 0) return 'no values'
  const [own, other] = [group, base].map((runs) => runs.map(({ value }) => value)) as [number[], number[]]
  return {
    n: [own.length, other.length],
    ...permutationTest(own, other),
    interval: bootstrapDifference(own, other),
    leastP: (own.length === other.length ? 2 : 1) / splitsOf(own.length, other.length),
    effect: effectOfSamples(own, other),
  }
}

/** Number of ways to split all values into samples of these sizes. */
function splitsOf(a: number, b: number): number {
  let splits = 1
  for (let k = 1; k <= a; k++) splits *= (b + k) / k
  return Math.round(splits)
}

/** Caveats of the tests, as whole sentences. @param sizes runs of each group */
export function testWarnings(sizes: readonly number[], results: readonly GroupResult[], pairing: Pairing): string[] {
  const tests = results.flatMap(({ test }) => test ?? [])
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)]
  if (tests.length === 0) return []
  const smallest = Math.min(...tests.map(({ leastP }) => leastP))
  const corrected = Math.min(1, tests.length * smallest)
  const name = pairing === 'paired' ? 'A paired test' : 'An unpaired test'
  return [
    ...(least < FEW_SEEDS
      ? [`n = ${least === most ? most : `${least} to ${most}`}. Use at least ${FEW_SEEDS} seeds per group. ${name} of so few cannot give p below ${formatQuantity(smallest)}.`]
      : []),
    ...(smallest <= SIGNIFICANCE_LEVEL && corrected > SIGNIFICANCE_LEVEL
      ? [`${tests.length} groups are tested, so Holm's correction cannot give p below ${formatQuantity(corrected)}.`]
      : []),
  ]
}
