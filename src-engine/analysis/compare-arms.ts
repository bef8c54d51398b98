import { sameLabel } from '../format/read-number.ts'
import type { ComparisonSpec } from '../spec/sweep.ts'
import { bootstrapInterval, type ResamplingDraws, resamplingDraws } from './bootstrap.ts'
import { type ComparedArm, type ComparedRun, type Comparison, type Outcome, outcomes, type PairedComparison } from './comparison.ts'
import { warningsOf } from './comparison-warnings.ts'
import { type ArmToCompare, type CountedArm, countedArm, type RunToCompare } from './counted-arm.ts'
import { holm } from './holm.ts'
import { signFlipTest } from './paired.ts'
import { onParetoFront } from './pareto.ts'
import { meanOf, sampleOf } from './statistics.ts'

/**
 * Compares the arms of a tournament. Arms are paired by seed, whatever the order of their runs. If an arm has several runs of one
 * seed, the first finished one counts. The cost is 10 000 bootstrap resamples and one paired test per arm.
 */
export function compareArms(arms: readonly ArmToCompare[], runs: readonly RunToCompare[], by: ComparisonSpec): Comparison {
  const runsOf = Map.groupBy(runs, ({ arm }) => arm)
  const counted = arms.map((arm, index) => countedArm(arm, index, runsOf.get(index) ?? [], by))
  const reference = referenceOf(arms, by.reference)
  const draws = resamplingDraws(Math.max(0, ...counted.map((arm) => arm.runs.length)))
  const tests = testsOf(counted, reference, draws)
  const front = frontOf(counted)
  const compared = counted.map((arm, index) => ({ ...resultOf(arm, draws), test: tests[index], onFront: front.has(index) }))
  return {
    budget: by.budget,
    energy: by.energy,
    reference: arms[reference]?.label ?? '',
    arms: compared.toSorted(byMean),
    warnings: warningsOf(counted, compared, reference, by),
  }
}

/** Index of the reference arm: the one with this label, otherwise with the same numbers in it, otherwise the first. */
function referenceOf(arms: readonly ArmToCompare[], reference: string): number {
  const exact = arms.findIndex(({ label }) => label === reference)
  return Math.max(0, exact >= 0 ? exact : arms.findIndex(({ label }) => sameLabel(label, reference)))
}

/** Tests every arm against the reference. Null for the reference itself and for arms that share no seed with it. */
function testsOf(arms: readonly CountedArm[], reference: number, draws: ResamplingDraws): (PairedComparison | null)[] {
  const ofReference = new Map(arms[reference]?.runs.map(({ seed, loss }) => [seed, loss]))
  const tests = arms.map(({ arm, runs }) => {
    const differences = arm === reference ? [] : runs.flatMap(({ seed, loss }) => {
      const other = ofReference.get(seed)
      return other === undefined ? [] : [loss - other]
    })
    if (differences.length === 0) return null
    const interval = bootstrapInterval(differences, draws)
    return { pairs: differences.length, difference: meanOf(differences), interval, p: signFlipTest(differences) }
  })
  const performed = tests.filter((test) => test !== null)
  const corrected = holm(performed.map(({ p }) => p))
  return tests.map((test) => test && { ...test, corrected: corrected[performed.indexOf(test)] })
}

/** The arm's own statistics, without the comparison to other arms. */
function resultOf(counted: CountedArm, draws: ResamplingDraws): Omit<ComparedArm, 'test' | 'onFront'> {
  const { arm, label, runs, failed, unfinished } = counted
  const losses = runs.map(({ loss }) => loss)
  const orNull = (value: number) => (runs.length === 0 ? null : value)
  return {
    arm,
    label,
    runs,
    sample: sampleOf(losses),
    interval: bootstrapInterval(losses, draws),
    worst: orNull(Math.max(...losses)),
    set: orNull(meanOf(runs.map(({ set }) => set))),
    energy: orNull(meanOf(runs.map(({ energy }) => energy))),
    outcomes: countsOf(runs),
    failed,
    unfinished,
  }
}

const countsOf = (runs: readonly ComparedRun[]) => Object.fromEntries(
  outcomes.map((outcome) => [outcome, runs.filter(({ stability }) => stability.outcome === outcome).length]),
) as Record<Outcome, number>

/** Indices of the arms on the Pareto front of mean loss against mean SETs. */
function frontOf(arms: readonly CountedArm[]): Set<number> {
  const onDevices = arms.filter(({ onDevices }) => onDevices)
  const isMember = onParetoFront(onDevices.map(({ runs }) =>
    ({ loss: meanOf(runs.map(({ loss }) => loss)), set: meanOf(runs.map(({ set }) => set)) })))
  return new Set(onDevices.filter((_, index) => isMember[index]).map(({ arm }) => arm))
}

/** Ascending mean; NaN sorts last. */
const byMean = (a: ComparedArm, b: ComparedArm) =>
  Number(Number.isNaN(a.sample.mean)) - Number(Number.isNaN(b.sample.mean)) || a.sample.mean - b.sample.mean || a.arm - b.arm
