import type { ComparedArm } from '../../../src-engine/statistics/comparison.ts'
import { okabeIto } from '../../../src-engine/format/colours.ts'
import { fittedLabel } from '../../../src-engine/format/labels.ts'
import {
  FAINT, figureSvg, intervalSeries, MEAN_AT, notes, type Panel, rowAxis, RUNS_AT, valueAxis, WIDTH, widthOf, type Words,
} from './drawing.ts'
import { differenceText, pText } from './numbers.ts'
import type { StudySection } from './report.ts'

const RIGHT = 84
const ROW = 28
const TOP = 40
const AXIS = 44
const LEVEL = 0.05

/** Figure of each arm's loss minus that of the reference, with interval, p and single pairs. */
export const differencesFigure = (section: StudySection): string => figureSvg(section.id, [panelOf(section)])

function panelOf(section: StudySection): Panel {
  const { arms, reference } = section.comparison
  const others = arms.filter(({ label }) => label !== reference).sort((a, b) => a.arm - b.arm)
  const names = others.map(({ label }) => label)
  const left = widthOf(names)
  const height = Math.max(1, others.length) * ROW
  const beyond = beyondAxis(others)
  const under = notes(notesOf(others, reference, beyond), 16, TOP + height + AXIS)
  return {
    height: TOP + height + AXIS + under.height + 12,
    words: [
      { text: section.title, left: 16, top: 8, bold: true, width: WIDTH - 32 },
      { text: 'p (Holm)', left: WIDTH - RIGHT + 12, top: TOP - 16, colour: FAINT },
      ...others.map(({ test }, row): Words => ({
        text: pText(test?.corrected ?? null), left: WIDTH - RIGHT + 12, top: TOP + row * ROW + ROW / 2 - 8,
      })),
      ...others.flatMap((arm, row) => (beyond.has(arm) ? [beyondWords(arm, TOP + row * ROW + ROW / 2 - 8)] : [])),
      ...under.words,
    ],
    plots: [{
      left, top: TOP, width: WIDTH - left - RIGHT, height,
      x: valueAxis(`Difference in mean squared error from ${shortened(reference)}`),
      y: { ...rowAxis(names, left), axisLine: { show: true, onZero: true, lineStyle: { color: FAINT } } },
      series: seriesOf(
        others.map((arm) => (beyond.has(arm) ? null : arm)),
        pairsWith(arms.find(({ label }) => label === reference)),
      ),
    }],
  }
}

const shortened = (text: string) => fittedLabel(text, ({ length }) => length <= 50)

/** Arms with diverged runs, shown as numbers because they would squeeze all others together. Empty if there are no others. */
function beyondAxis(arms: ComparedArm[]): Set<ComparedArm> {
  const tested = arms.filter(({ test }) => Number.isFinite(test?.difference))
  const diverged = tested.filter(({ outcomes }) => outcomes.diverged > 0)
  return new Set(diverged.length < tested.length ? diverged : [])
}

const beyondWords = ({ test }: ComparedArm, top: number): Words =>
  ({ text: `${differenceText(test!.difference)} →`, left: WIDTH - RIGHT - 4, top, rightAligned: true })

const isSignificant = ({ test }: ComparedArm) => test !== null && test.corrected < LEVEL

/** @param arms one per row; null leaves the row empty */
function seriesOf(arms: (ComparedArm | null)[], pairsOf: (arm: ComparedArm) => number[]): object[] {
  const shown = arms.flatMap((arm, row) => (arm ? [{ arm, row }] : []))
  const tested = shown.filter(({ arm }) => Number.isFinite(arm.test?.difference))
  const bars = tested.flatMap(({ arm, row }) => (arm.test!.interval?.every(Number.isFinite)
    ? [{ low: arm.test!.interval[0], high: arm.test!.interval[1], row, colour: okabeIto.blue }]
    : []))
  return [
    {
      type: 'scatter', symbolSize: 4, symbolOffset: [0, RUNS_AT], z: 2, itemStyle: { color: okabeIto.blue, opacity: 0.5 },
      data: shown.flatMap(({ arm, row }) => pairsOf(arm).filter(Number.isFinite).map((difference) => [difference, row])),
    },
    intervalSeries(bars),
    {
      type: 'scatter', symbol: 'circle', symbolSize: 8, symbolOffset: [0, MEAN_AT], z: 3,
      data: tested.map(({ arm, row }) => ({
        value: [arm.test!.difference, row],
        itemStyle: { color: isSignificant(arm) ? okabeIto.blue : '#ffffff', borderColor: okabeIto.blue, borderWidth: 1.6, opacity: 1 },
      })),
    },
  ]
}

/** Differences of the runs that share a seed with the reference. */
function pairsWith(reference: ComparedArm | undefined): (arm: ComparedArm) => number[] {
  const lossOf = new Map(reference?.runs.map(({ seed, loss }) => [seed, loss]))
  return ({ runs }) => runs.filter(({ seed }) => lossOf.has(seed)).map(({ seed, loss }) => loss - lossOf.get(seed)!)
}

function notesOf(arms: ComparedArm[], reference: string, beyond: ReadonlySet<ComparedArm>): string[] {
  if (arms.length === 0) return ['No arm has been compared with a reference.']
  return [
    `From top to bottom: mean difference from ${reference} (● p < ${LEVEL} after Holm\'s correction, ○ otherwise), 95 % interval, single pairs. Right of the line, the loss is larger.`,
    ...(beyond.size > 0 ? ['→ Beyond the axis: some runs diverged.'] : []),
    ...arms.flatMap((arm) => {
      const without = arm.runs.filter(({ loss }) => !Number.isFinite(loss)).length
      if (arm.runs.length === 0) return [`Not plotted: ${arm.label}, no runs.`]
      if (without > 0) return [`Not plotted: ${arm.label}, ${without} of ${arm.runs.length} runs without a finite loss, so no mean.`]
      return arm.test && Number.isFinite(arm.test.difference) ? [] : [`Not plotted: ${arm.label}, no pair with a finite difference.`]
    }),
  ]
}
