import { holm } from './holm.ts'
import { signFlipTest } from './paired.ts'
import { type Sample, sampleOf } from './samples.ts'
import { MOST_VALUES, permutationTest } from './two-sample.ts'

export interface GroupedRun {
  seed: number
  loss: number
}

export interface GroupTest {
  /** 'paired': a sign-flip test over the shared seeds. 'permutation': a test of independent samples, for groups without a shared seed. */
  kind: 'paired' | 'permutation'
  p: number
  /** Lowest p that a paired test of as many seeds can have: 0.0625 for five. Null for other tests. */
  leastP: number | null
  /** After Holm's correction over all tests of the table. */
  corrected: number
}

export interface GroupedRow {
  sample: Sample
  /** Whether the mean is the lowest. Several may be equal. */
  isBest: boolean
  /** Test against the first of the best; null for the best themselves and where no test is possible. */
  test: GroupTest | null
}

/**
 * Mean and spread of each group, and a test of each against the best one, in the order of the groups. Since the best one is chosen by
 * the same losses, the tests find slightly more differences than a reference that was chosen before would.
 */
export function groupedRows(groups: readonly (readonly GroupedRun[])[]): GroupedRow[] {
  const samples = groups.map((runs) => sampleOf(runs.map(({ loss }) => loss)))
  const least = Math.min(...samples.map(({ mean }) => mean).filter((mean) => !Number.isNaN(mean)))
  const best = groups[samples.findIndex(({ mean }) => mean === least)] ?? []
  const tests = groups.map((runs, index) => (samples[index]!.mean === least ? null : testBetween(runs, best)))
  const corrected = holm(tests.flatMap((test) => test?.p ?? []))
  return samples.map((sample, index) => {
    const test = tests[index] ?? null
    const rank = tests.slice(0, index).filter((one) => one !== null).length
    return { sample, isBest: sample.mean === least, test: test && { ...test, corrected: corrected[rank]! } }
  })
}

/** Null if a seed occurs twice, a loss is not finite, or independent samples are too large for an exact test. */
function testBetween(a: readonly GroupedRun[], b: readonly GroupedRun[]): Omit<GroupTest, 'corrected'> | null {
  const [own, other] = [a, b].map((runs) => new Map(runs.map(({ seed, loss }) => [seed, loss]))) as [Losses, Losses]
  const isTestable = own.size === a.length && other.size === b.length && [...a, ...b].every(({ loss }) => Number.isFinite(loss))
  if (!isTestable || a.length === 0 || b.length === 0) return null
  const shared = [...own.keys()].filter((seed) => other.has(seed))
  if (shared.length > 0) {
    const p = signFlipTest(shared.map((seed) => own.get(seed)! - other.get(seed)!))
    return { kind: 'paired', p, leastP: 2 ** (1 - shared.length) }
  }
  if (a.length + b.length > MOST_VALUES) return null
  return { kind: 'permutation', leastP: null, p: permutationTest([...own.values()], [...other.values()]).p }
}

type Losses = Map<number, number>

/** '***' below 0.001, '**' below 0.01, '*' below 0.05. */
export const significanceMark = ({ corrected }: GroupTest): string =>
  ([[0.001, '***'], [0.01, '**'], [0.05, '*']] as const).find(([level]) => corrected < level)?.[1] ?? ''
