import type { Figure, Mark } from '../../../src-engine/figure/figure.ts'
import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import { FAINT } from '../../../src-engine/figure/page/style.ts'
import { okabeIto } from '../../../src-engine/format/colours.ts'
import { fittedLabel } from '../../../src-engine/format/labels.ts'
import { differenceText, pText } from './numbers.ts'
import type { StudySection } from './report.ts'
import { INTERVAL_AT, MEAN_AT, RUNS_AT } from './rows.ts'

const LEVEL = 0.05

/** Figure of each arm's loss minus that of the reference, with interval, p and single pairs. */
export function differencesFigure({ title, comparison: { arms, reference } }: StudySection): Figure {
  const others = arms.filter(({ label }) => label !== reference).sort((a, b) => a.arm - b.arm)
  const beyond = beyondAxis(others)
  const pairsOf = pairsWith(arms.find(({ label }) => label === reference))
  return {
    heading: '',
    panels: [{
      title,
      columns: 1,
      plots: [{
        title: '',
        x: { scale: 'linear', name: `Difference in mean squared error from ${fittedLabel(reference, ({ length }) => length <= 50)}` },
        y: { scale: 'category', name: '', categories: others.map(({ label }) => label) },
        right: { scale: 'category', name: 'p (Holm)', categories: others.map(({ test }) => pText(test?.corrected ?? null)) },
        marks: [{ kind: 'rule', x: 0, colour: FAINT }, ...others.flatMap((arm, row) => (beyond.has(arm) ? [beyondMark(arm, row)] : marksOf(arm, row, pairsOf(arm))))],
      }],
      key: [],
      keyPlace: 'above',
      notes: notesOf(others, reference, beyond),
    }],
  }
}

/** Arms with diverged runs, shown as numbers because they would squeeze all others together. Empty if there are no others. */
function beyondAxis(arms: ComparedArm[]): Set<ComparedArm> {
  const tested = arms.filter(({ test }) => Number.isFinite(test?.difference))
  const diverged = tested.filter(({ outcomes }) => outcomes.diverged > 0)
  return new Set(diverged.length < tested.length ? diverged : [])
}

const beyondMark = ({ test }: ComparedArm, row: number): Mark => ({ kind: 'text', y: row, text: `${differenceText(test!.difference)} →` })

const isSignificant = ({ test }: ComparedArm) => test !== null && test.corrected < LEVEL

function marksOf(arm: ComparedArm, row: number, pairs: number[]): Mark[] {
  const { test } = arm
  const finite = pairs.filter(Number.isFinite)
  const colour = okabeIto.blue
  return [
    { kind: 'points', x: finite, y: finite.map(() => row), colour, symbol: { shape: 'circle', isFilled: true }, size: 'small', shift: RUNS_AT },
    ...(test?.interval?.every(Number.isFinite) && Number.isFinite(test.difference)
      ? [{ kind: 'intervals' as const, low: [test.interval[0]], high: [test.interval[1]], y: [row], colour, shift: INTERVAL_AT }]
      : []),
    ...(test && Number.isFinite(test.difference)
      ? [{ kind: 'points' as const, x: [test.difference], y: [row], colour, symbol: { shape: 'circle' as const, isFilled: isSignificant(arm) }, size: 'large' as const, shift: MEAN_AT }]
      : []),
  ]
}

/** Differences from the reference at the seeds of both, each of the means over the searches. */
function pairsWith(reference: ComparedArm | undefined): (arm: ComparedArm) => number[] {
  const others = lossesBySeed(reference)
  return (arm) => [...lossesBySeed(arm)].flatMap(([seed, loss]) => (others.has(seed) ? [loss - others.get(seed)!] : []))
}

const lossesBySeed = (arm: ComparedArm | undefined): Map<number, number> => new Map(
  [...Map.groupBy(arm?.runs ?? [], ({ seed }) => seed)].map(([seed, own]) => [seed, meanOf(own.map(({ loss }) => loss))]),
)

function notesOf(arms: ComparedArm[], reference: string, beyond: ReadonlySet<ComparedArm>): string[] {
  if (arms.length === 0) return ['No arm has been compared with a reference.']
  return [
    `From top to bottom: mean difference from ${reference} (● p < ${LEVEL} after Holm's correction, ○ otherwise), 95 % interval, single pairs. Right of the line, the loss is larger.`,
    ...(beyond.size > 0 ? ['→ Beyond the axis: some runs diverged.'] : []),
    ...arms.flatMap((arm) => {
      const without = arm.runs.filter(({ loss }) => !Number.isFinite(loss)).length
      if (arm.runs.length === 0) return [`Not plotted: ${arm.label}, no runs.`]
      if (without > 0) return [`Not plotted: ${arm.label}, ${without} of ${arm.runs.length} runs without a finite loss, so no mean.`]
      return arm.test && Number.isFinite(arm.test.difference) ? [] : [`Not plotted: ${arm.label}, no pair with a finite difference.`]
    }),
  ]
}
