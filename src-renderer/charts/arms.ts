import type { CustomSeriesOption, ScatterSeriesOption, YAXisComponentOption } from 'echarts'
import type { ComparedArm, ComparedRun } from '../../src-engine/statistics/comparison.ts'
import { distinctLabels, fittedLabel } from '../../src-engine/format/labels.ts'
import { formatCount, formatExact } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { formatMetric, type LossKind } from '../../src-engine/experiment/metrics.ts'
import { baseOption, logXAxis, markXAxis, xAxis } from './axes.ts'
import { schemeColour } from './colours.ts'
import type { Figure, Table } from './figure.ts'
import { legendOf } from './legend.ts'
import { CROSS } from './line.ts'
import type { ChartTheme } from './theme.ts'

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
  scale: 'log' | 'linear'
}

export const lossQuantity = ({ title, unit }: LossKind) => ({ name: `${title}, mean of last 20 epochs`, unit })

const RUNS = 'Single runs'
const MEANS = 'Mean with 95 % interval'
const NONE = 'No finite loss'
/** Maximum length of a row label, in characters. */
const MAX_LABEL = 34
/** Average width of a character, px. */
const CHARACTER = 6.8
/** Vertical offsets of runs and means within a row, px. Runs are drawn below the mean so that each can be clicked. */
const BELOW = 5
const ABOVE = 3

/** Figure of the loss of every arm: mean over seeds with its interval, and the single runs. */
export function armsFigure({ loss, arms, reference, scale }: ArmsData, theme: ChartTheme): Figure {
  const log = scale === 'log'
  const base = baseOption(theme)
  const runs = arms.flatMap(({ arm }) => arm.runs)
  const missing = runs.filter((run) => !isDrawable(run.loss, log))
  const quantity = lossQuantity(loss)
  return {
    title: 'Loss by arm',
    option: {
      ...base,
      grid: { ...base.grid, left: leftOf(arms) },
      legend: legendOf(base.legend, [
        { name: MEANS, icon: 'path://M0 4.25H8A3 3 0 1 1 14 4.25H22V5.75H14A3 3 0 1 1 8 5.75H0Z' }, { name: RUNS, icon: 'circle' },
        ...(missing.length > 0 ? [{ name: NONE, icon: CROSS }] : []),
      ]),
      tooltip: { ...base.tooltip, trigger: 'item', formatter: tooltipOf },
      xAxis: [log ? logXAxis(quantity, theme) : xAxis(quantity, theme, { min: 0 }), markXAxis],
      yAxis: rowAxis(arms, leftOf(arms), theme),
      series: [
        runDots(arms, loss, log, theme),
        means(arms, loss, reference, log, theme),
        ...(missing.length > 0 ? [missingMarks(arms, loss, log, theme)] : []),
      ],
    },
    table: () => runTable(arms, loss),
    notes: missing.length > 0 ? [`× ${counted(missing.length, 'run')} without a finite loss`] : [],
    about: {
      sentence: 'Small dots are runs with one seed each; large dots are means over seeds with a 95 % bootstrap interval. '
        + 'The dashed line is the mean of the reference.',
      equation: `${loss.title} = mean over the last 20 epochs within the budget`,
    },
    empty: runs.length === 0 ? 'Arms appear after the first run has finished.' : null,
  }
}

/** A log axis cannot show zero. */
export const isDrawable = (loss: number, log: boolean) => Number.isFinite(loss) && (!log || loss > 0)

/** Short labels with their ranks in the table: '3  Mixed precision'. What all labels share is left out, and no number is cut. */
export const rankedLabels = (arms: readonly DrawnArm[]): string[] => distinctLabels(arms.map(({ arm }) => arm.label))
  .map((label, index) => `${index + 1}  ${fittedLabel(label, ({ length }) => length <= MAX_LABEL)}`)

const leftOf = (arms: readonly DrawnArm[]) =>
  Math.round(20 + CHARACTER * Math.max(6, ...rankedLabels(arms).map(({ length }) => length)))

function rowAxis(arms: readonly DrawnArm[], left: number, theme: ChartTheme): YAXisComponentOption {
  return {
    type: 'category', inverse: true, data: rankedLabels(arms),
    axisLine: { show: true, onZero: false, lineStyle: { color: theme.axis } },
    axisTick: { show: false },
    axisLabel: { color: theme.quiet, fontSize: 12, interval: 0, hideOverlap: true, align: 'left', margin: left - 12 },
    splitLine: { show: true, interval: 0, lineStyle: { color: theme.faintGrid } },
    axisPointer: { show: false },
  }
}

/** Datum of a mark: its tooltip text and the run that a click opens. */
export interface MarkDatum {
  about: string
  runId?: string
}

export const tooltipOf = (datum: unknown): string => {
  const { data } = datum as { data?: Partial<MarkDatum> }
  return data?.about ?? ''
}

function aboutRun({ arm }: DrawnArm, { seed, loss, set, stability }: ComparedRun, kind: LossKind): string {
  const how = [stability.outcome, ...(stability.reasons.length > 0 ? [stability.reasons.join(', ')] : [])].join(': ')
  return [arm.label, `seed ${formatExact(seed)}: ${kind.title} ${formatMetric(kind, loss)}, ${how}`, `${formatCount(set)} SET pulses`].join('\n')
}

export function aboutArm({ arm: { label, sample, interval, set } }: DrawnArm, kind: LossKind): string {
  const range = interval ? `, 95 % ${formatMetric(kind, interval[0])} to ${formatMetric(kind, interval[1])}` : ''
  return [label, `mean ${kind.title} ${formatMetric(kind, sample.mean)}${range}, n = ${sample.n}`, ...(set === null ? [] : [`${formatCount(set)} SET pulses`])].join('\n')
}

function runDots(arms: readonly DrawnArm[], kind: LossKind, log: boolean, theme: ChartTheme): ScatterSeriesOption {
  const data = arms.flatMap((drawn, row) => drawn.arm.runs.filter(({ loss }) => isDrawable(loss, log)).map((run) => ({
    value: [run.loss, row], runId: run.runId, about: aboutRun(drawn, run, kind),
    itemStyle: { color: schemeColour(drawn.scheme, theme.mode), opacity: 0.5 },
  })))
  return { type: 'scatter', name: RUNS, data, symbolSize: 6, symbolOffset: [0, BELOW], color: theme.second, z: 3 }
}

function missingMarks(arms: readonly DrawnArm[], kind: LossKind, log: boolean, theme: ChartTheme): ScatterSeriesOption {
  const data = arms.flatMap((drawn, row) => drawn.arm.runs.filter(({ loss }) => !isDrawable(loss, log)).map((run, index) => ({
    value: [0.985 - 0.02 * index, row], runId: run.runId, about: aboutRun(drawn, run, kind),
  })))
  return { type: 'scatter', name: NONE, data, xAxisIndex: 1, symbol: CROSS, symbolSize: 7, symbolOffset: [0, BELOW], color: theme.warning, z: 4 }
}

/** Means as dots with whiskers, and a line across all rows at the mean of the reference. */
function means(
  arms: readonly DrawnArm[], kind: LossKind, reference: string, log: boolean, theme: ChartTheme,
): CustomSeriesOption {
  const drawable = arms.map((drawn, row) => ({ drawn, row })).filter(({ drawn }) => isDrawable(drawn.arm.sample.mean, log))
  const data = drawable.map(({ drawn, row }) => {
    const { sample: { mean }, interval } = drawn.arm
    return { value: [mean, row, interval?.[0] ?? mean, interval?.[1] ?? mean], about: aboutArm(drawn, kind) }
  })
  const against = drawable.find(({ drawn }) => drawn.arm.label === reference)
  return {
    type: 'custom', name: MEANS, color: theme.second, clip: true, z: 5,
    dimensions: ['mean', 'row', 'low', 'high'], encode: { x: ['mean', 'low', 'high'], y: 'row' }, data,
    renderItem: ({ dataIndex }, api) => {
      const valueOf = (dimension: number) => Number(api.value(dimension))
      const [mean, row, low, high] = [valueOf(0), valueOf(1), valueOf(2), valueOf(3)]
      const [x, middle] = api.coord([mean, row])
      const y = middle! - ABOVE
      const [left, right] = [api.coord([low, row])[0], api.coord([high, row])[0]]
      const colour = schemeColour(drawable[dataIndex]!.drawn.scheme, theme.mode)
      const line = { stroke: colour, lineWidth: 1.5 }
      const ends = [[left, y, right, y], [left, y - 4, left, y + 4], [right, y - 4, right, y + 4]]
      return {
        type: 'group',
        children: [
          ...(low < high ? ends.map(([x1, y1, x2, y2]) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style: line })) : []),
          { type: 'circle', shape: { cx: x, cy: y, r: 4 }, style: { fill: colour, stroke: theme.surface, lineWidth: 1 } },
        ],
      }
    },
    markLine: against && {
      silent: true, symbol: 'none', animation: false, data: [{ xAxis: against.drawn.arm.sample.mean }],
      lineStyle: { color: theme.axis, type: 'dashed', width: 1 }, label: { show: false },
    },
  }
}

const runTable = (arms: readonly DrawnArm[], kind: LossKind): Table => ({
  columns: ['Arm', 'Seed', lossQuantity(kind).name, 'Epochs', 'SET pulses', 'Energy (µJ)', 'Outcome', 'Reasons'],
  rows: arms.flatMap(({ arm }) => arm.runs.map(({ seed, loss, epochs, set, energy, stability }) =>
    [arm.label, seed, loss, epochs, set, energy, stability.outcome, stability.reasons.join(', ')])),
})
