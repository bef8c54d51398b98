import type { LossKind } from '../experiment/metrics.ts'
import { formatMetric } from '../experiment/metrics.ts'
import { schemeColour } from '../experiment/scheme.ts'
import type { KeyEntry, Mark, NumberAxis, NumberScale, Symbol } from '../figure/figure.ts'
import { thresholdFor } from '../figure/symlog.ts'
import { distinctLabels, fittedLabel } from '../format/labels.ts'
import { formatCount, formatExact } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import type { ComparedArm, ComparedRun } from '../statistics/comparison.ts'
import { bracketsOf } from './brackets.ts'
import { type Chart, labelOf, type Table } from './chart.ts'
import { type Details, violinsOf } from './densities.ts'
import type { Palette } from './palette.ts'

/** An arm of a tournament and the scheme that sets its colour. */
export interface DrawnArm {
  arm: ComparedArm
  scheme: string
}

export interface ArmsData {
  loss: LossKind
  /** Sorted, best first. */
  arms: readonly DrawnArm[]
  /** Label of the reference arm, which the others are tested against. */
  reference: string
  scale: NumberScale
  /** Whether the losses of each arm are also drawn as a violin. */
  hasDensities?: boolean
  /** Whether brackets show the tests against the reference. */
  hasBrackets?: boolean
}

export const lossLabel = ({ title, unit }: LossKind) => labelOf({ name: `${title}, mean of last 20 epochs`, unit })

const RUNS = 'Single runs'
const MEANS = 'Mean with 95 % interval'
const DENSITIES = 'Density of runs'
const NONE = 'No finite loss'
const none: Details<never> = { marks: [], notes: [] }
/** Maximum length of a row label, in characters. */
const MAX_LABEL = 34
/** Shifts of runs and means within a row, in rows. Runs are drawn below the mean so that each can be clicked. */
const BELOW = 0.2
const ABOVE = -0.12

export const dot: Symbol = { shape: 'circle', isFilled: true }

/** Loss of every arm: mean over seeds with its interval, and the single runs. */
export function armsChart({ loss, arms, reference, scale, hasDensities, hasBrackets }: ArmsData, palette: Palette): Chart {
  const isLog = scale === 'log'
  const runs = arms.flatMap(({ arm }) => arm.runs)
  const missing = runs.filter((run) => !isDrawable(run.loss, isLog))
  const against = arms.find(({ arm }) => arm.label === reference)?.arm.sample.mean ?? NaN
  const x: NumberAxis = {
    scale, name: lossLabel(loss), ...(!isLog && { from: 0 }),
    ...(scale === 'symlog' && { threshold: thresholdFor(runs.map((run) => run.loss)) }),
  }
  const rows = arms.map(({ arm, scheme }) => ({
    losses: arm.runs.map((run) => run.loss).filter((each) => isDrawable(each, isLog)), colour: schemeColour(scheme, palette.mode),
  }))
  const violins = hasDensities ? violinsOf(rows, x, DENSITIES) : none
  const brackets = hasBrackets ? bracketsOf(arms.map(({ arm }) => arm), reference) : none
  const key: KeyEntry[] = [
    { text: MEANS, colour: palette.second, symbol: dot, dash: 'solid' },
    { text: RUNS, colour: palette.second, symbol: dot },
    ...(violins.marks.length > 0 ? [{ text: DENSITIES, colour: palette.second, isArea: true }] : []),
    ...(missing.length > 0 ? [{ text: NONE, colour: palette.warning, symbol: 'cross' as const }] : []),
  ]
  return {
    title: 'Loss by arm',
    plot: {
      title: '',
      x,
      y: { scale: 'category', name: '', categories: rankedLabels(arms) },
      marks: [
        ...(isDrawable(against, isLog) ? [ruleAt(against, palette.faint)] : []),
        ...violins.marks,
        ...arms.flatMap((drawn, row) => armMarks(drawn, row, loss, isLog, palette)),
        ...brackets.marks,
      ],
    },
    key,
    table: () => runTable(arms, loss),
    notes: [
      ...(missing.length > 0 ? [`× ${counted(missing.length, 'run')} without a finite loss`] : []),
      ...violins.notes, ...brackets.notes,
    ],
    about: {
      sentence: 'Small dots are runs with one seed each; large dots are means over seeds with a 95 % bootstrap interval. '
        + 'The dashed line is the mean of the reference.',
      equation: `${loss.title} = mean over the last 20 epochs within the budget`,
    },
    empty: runs.length === 0 ? 'Arms appear after the first run has finished.' : null,
  }
}

const ruleAt = (x: number, colour: string): Mark => ({ kind: 'rule', entry: MEANS, x, colour, dash: 'dashed' })

/** A log axis cannot show zero. */
export const isDrawable = (loss: number, isLog: boolean) => Number.isFinite(loss) && (!isLog || loss > 0)

/** Short labels with their ranks in the table: '3  Mixed precision'. What all labels share is left out, and no number is cut. */
export const rankedLabels = (arms: readonly DrawnArm[]): string[] => distinctLabels(arms.map(({ arm }) => arm.label))
  .map((label, index) => `${index + 1}  ${fittedLabel(label, ({ length }) => length <= MAX_LABEL)}`)

function aboutRun({ arm }: DrawnArm, { seed, loss, set, stability }: ComparedRun, kind: LossKind): string {
  const how = [stability.outcome, ...(stability.reasons.length > 0 ? [stability.reasons.join(', ')] : [])].join(': ')
  return [arm.label, `seed ${formatExact(seed)}: ${kind.title} ${formatMetric(kind, loss)}, ${how}`, `${formatCount(set)} SET pulses`].join('\n')
}

export function aboutArm({ arm: { label, sample, interval, set } }: DrawnArm, kind: LossKind): string {
  const range = interval ? `, 95 % ${formatMetric(kind, interval[0])} to ${formatMetric(kind, interval[1])}` : ''
  return [label, `mean ${kind.title} ${formatMetric(kind, sample.mean)}${range}, n = ${sample.n}`, ...(set === null ? [] : [`${formatCount(set)} SET pulses`])].join('\n')
}

const armMarks = (...of: Parameters<typeof runMarks>): Mark[] => [...runMarks(...of), ...meanMarks(...of)]

/** The runs of an arm in its row; those without a finite loss at the right border. */
function runMarks(drawn: DrawnArm, row: number, kind: LossKind, isLog: boolean, { mode, warning }: Palette): Mark[] {
  const shown = drawn.arm.runs.filter(({ loss }) => isDrawable(loss, isLog))
  const missing = drawn.arm.runs.filter(({ loss }) => !isDrawable(loss, isLog))
  const behind = (runs: readonly ComparedRun[]) =>
    ({ details: runs.map((run) => aboutRun(drawn, run, kind)), runs: runs.map(({ runId }) => runId) })
  const points: Mark = {
    kind: 'points', entry: RUNS, x: shown.map(({ loss }) => loss), y: shown.map(() => row), shift: BELOW,
    colour: schemeColour(drawn.scheme, mode), symbol: dot, size: 'small', ...behind(shown),
  }
  const crosses: Mark = {
    kind: 'rug', entry: NONE, side: 'right', at: missing.map(() => row), shape: 'cross', colour: warning, ...behind(missing),
  }
  return [...(shown.length > 0 ? [points] : []), ...(missing.length > 0 ? [crosses] : [])]
}

function meanMarks(drawn: DrawnArm, row: number, kind: LossKind, isLog: boolean, { mode }: Palette): Mark[] {
  const { sample: { mean }, interval } = drawn.arm
  if (!isDrawable(mean, isLog)) return []
  const colour = schemeColour(drawn.scheme, mode)
  const bars: Mark[] = interval === null
    ? []
    : [{ kind: 'intervals', entry: MEANS, low: [interval[0]], high: [interval[1]], y: [row], shift: ABOVE, colour }]
  return [...bars, {
    kind: 'points', entry: MEANS, x: [mean], y: [row], shift: ABOVE, colour, symbol: dot, size: 'large', details: [aboutArm(drawn, kind)],
  }]
}

const runTable = (arms: readonly DrawnArm[], kind: LossKind): Table => ({
  columns: ['Arm', 'Seed', lossLabel(kind), 'Epochs', 'SET pulses', 'Energy (µJ)', 'Outcome', 'Reasons'],
  rows: arms.flatMap(({ arm }) => arm.runs.map(({ seed, loss, epochs, set, energy, stability }) =>
    [arm.label, seed, loss, epochs, set, energy, stability.outcome, stability.reasons.join(', ')])),
})
