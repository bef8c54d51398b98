import { sameLabel } from '../format/read-number.ts'
import type { ComparisonSpec } from '../experiment/sweep.ts'
import { sharedLoss } from '../experiment/task.ts'
import { type ResamplingDraws, resamplingDraws } from './bootstrap.ts'
import { type ComparedArm, type ComparedRun, type Comparison, type Outcome, outcomes, type PairedComparison } from './comparison.ts'
import { warningsOf } from './comparison-warnings.ts'
import { type ArmToCompare, type CountedArm, countedArm, groupedArms, type RunToCompare } from './counted-arm.ts'
import { holm } from './holm.ts'
import { nestedBootstrapInterval } from './nested-bootstrap.ts'
import { signFlipTest } from './paired.ts'
import { onParetoFront } from './pareto.ts'
import { meanOf, sampleOf } from './samples.ts'

/**
 * Compares the arms of a tournament. Arms are paired by seed, whatever the order of their runs. If an arm has several runs of one
 * seed, the first finished one counts. Arms of one group are settings from independent searches and are compared as one arm.
 * The cost is 10 000 bootstrap resamples and one paired test per arm.
 */
export function compareArms(arms: readonly ArmToCompare[], runs: readonly RunToCompare[], by: ComparisonSpec): Comparison {
  const runsOf = Map.groupBy(runs, ({ arm }) => arm)
  const counted = groupedArms(arms.map((arm, index) => countedArm(arm, index, runsOf.get(index) ?? [], by)))
  const reference = referenceOf(counted, by.reference)
  const draws = resamplingDraws(Math.max(0, ...counted.map((arm) => arm.runs.length)))
  const tests = testsOf(counted, reference, draws)
  const front = frontOf(counted)
  const compared = counted.map((arm, index) =>
    ({ ...resultOf(arm, draws), test: tests[index] ?? null, onFront: front.has(arm.arm) }))
  return {
    budget: by.budget,
    energy: by.energy,
    duration: by.duration,
    reference: counted[reference]?.label ?? '',
    loss: sharedLoss(arms.map(({ task }) => task)).id,
    arms: compared.toSorted(byMean),
    warnings: warningsOf(counted, compared, reference, by),
  }
}

/** Index of the reference arm: the one with this label, otherwise with the same numbers in it, otherwise the first. */
function referenceOf(arms: readonly CountedArm[], reference: string): number {
  const exact = arms.findIndex(({ label }) => label === reference)
  return Math.max(0, exact >= 0 ? exact : arms.findIndex(({ label }) => sameLabel(label, reference)))
}

/** Tests every arm against the reference. Null for the reference itself and for arms that share no seed with it. */
function testsOf(arms: readonly CountedArm[], reference: number, draws: ResamplingDraws): (PairedComparison | null)[] {
  const tests = arms.map(({ restarts }, index) =>
    (index === reference ? null : pairedTest(restarts, arms[reference]!.restarts, draws)))
  const performed = tests.filter((test) => test !== null)
  const corrected = holm(performed.map(({ p }) => p))
  return tests.map((test) => test && { ...test, corrected: corrected[performed.indexOf(test)]! })
}

/** Test over the seeds that all restarts of both arms have; null if there are none. */
export function pairedTest(
  arm: readonly ComparedRun[][], reference: readonly ComparedRun[][], draws?: ResamplingDraws,
): Omit<PairedComparison, 'corrected'> | null {
  const seeds = sharedSeeds([...arm, ...reference])
  if (seeds.length === 0) return null
  const [own, other] = [lossesOf(arm, seeds), lossesOf(reference, seeds)]
  const over = (losses: readonly number[][], place: number) => meanOf(losses.map((restart) => restart[place]!))
  const differences = seeds.map((_, place) => over(own, place) - over(other, place))
  const interval = nestedBootstrapInterval(own, other, draws)
  return { pairs: differences.length, difference: meanOf(differences), interval, p: signFlipTest(differences) }
}

/** Losses of the runs with these seeds, [restarts][seeds]. */
const lossesOf = (restarts: readonly ComparedRun[][], seeds: readonly number[]): number[][] =>
  restarts.map((runs) => seeds.map((seed) => runs.find((run) => run.seed === seed)!.loss))

/** Seeds that all restarts have, ascending. */
const sharedSeeds = (restarts: readonly ComparedRun[][]): number[] =>
  (restarts[0] ?? []).map(({ seed }) => seed).filter((seed) => restarts.every((runs) => runs.some((run) => run.seed === seed)))

/** The arm's own statistics, without the comparison to other arms. */
function resultOf(counted: CountedArm, draws: ResamplingDraws): Omit<ComparedArm, 'test' | 'onFront'> {
  const { arm, label, runs, restarts, failed, unfinished } = counted
  const losses = runs.map(({ loss }) => loss)
  const orNull = (value: number) => (runs.length === 0 ? null : value)
  return {
    arm,
    label,
    runs,
    ...(restarts.length > 1 && { restarts: restarts.length }),
    sample: sampleOf(losses),
    interval: nestedBootstrapInterval(lossesOf(restarts, sharedSeeds(restarts)), null, draws),
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
