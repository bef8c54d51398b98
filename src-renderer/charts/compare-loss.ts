import type { CustomSeriesOption, LineSeriesOption, ScatterSeriesOption } from 'echarts'
import type { LossKind, MetricKind } from '../../src-engine/experiment/metrics.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import { baseOption, logAxis, markAxis, xAxis, yAxis } from './axes.ts'
import { bandSeries } from './band.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { curveInBandEntry, dashes, gapEntry, legendOf, lineEntry } from './legend.ts'
import { type Dash, type DrawnCurve, drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

interface EpochValues {
  epoch: number
  loss: number
  metrics: Readonly<Record<string, number>>
}

/** What is compared: the loss, or another metric of the tasks. */
export type ComparedQuantity = { kind: 'loss', of: LossKind } | { kind: 'metric', of: MetricKind }

export interface ComparedGroup {
  label: string
  scheme: string
  /** Replicates, each with its loss and metrics by epoch, starting at epoch 1. */
  runs: { epochs: readonly EpochValues[] }[]
}

interface Summary {
  label: string
  name: string
  isReplicated: boolean
  epochs: number[]
  /** Mean over the replicates by epoch; NaN if any of them is NaN. */
  mean: number[]
  low: number[]
  high: number[]
  note: string | null
}

/**
 * Curves of several runs, with replicates as mean and range: of the loss on a log axis, or of another metric on a linear one.
 * @param notes what the caller leaves out
 */
export function compareLossFigure(
  groups: ComparedGroup[], quantity: ComparedQuantity, theme: ChartTheme, notes: readonly string[] = [],
): Figure {
  const { title, name, unit } = quantity.of
  const isLoss = quantity.kind === 'loss'
  const valueOf = (epoch: EpochValues) => (isLoss ? epoch.loss : epoch.metrics[quantity.of.id] ?? NaN)
  const summaries = groups.map((group) => summarise(group, valueOf))
  const drawn = summaries.map(({ epochs, mean }) =>
    drawnCurve({ x: epochs, y: mean, log: isLoss }))
  const gaps = drawn.flatMap((curve) => curve.gaps)
  const series = groups.map((group, index) =>
    groupSeries(group, summaries[index]!, drawn[index]!, dashOf(groups, index), isLoss, theme))
  const base = baseOption(theme)
  return {
    title: isLoss ? 'Loss' : title,
    option: {
      ...base,
      legend: legendOf(base.legend, [
        ...summaries.map(({ name, isReplicated }, index) => (isReplicated
          ? curveInBandEntry(name, schemeColour(groups[index]!.scheme, theme.mode), dashOf(groups, index))
          : lineEntry(name, dashOf(groups, index)))),
        ...gapEntry(gaps),
      ]),
      xAxis: xAxis({ name: 'Epoch' }, theme, { min: 1 }),
      yAxis: [isLoss ? logAxis({ name, unit }, theme) : yAxis({ name, unit }, theme), markAxis],
      series: series.flat(),
    },
    table: () => tableOf(summaries),
    notes: [...notes, ...notesOf(summaries, drawn)],
    about: {
      sentence: `${isLoss ? 'Loss' : title} of every run; runs that differ only in the seed are drawn as their mean with a band from minimum to maximum.`,
      equation: `mean = 1/n · Σᵢ ${title}ᵢ; band: minᵢ ${title}ᵢ to maxᵢ ${title}ᵢ`,
    },
    empty: summaries.every(({ epochs }) => epochs.length === 0) ? 'None of these runs has finished an epoch yet.' : null,
  }
}

/** Mean and range over all replicates. They end with the shortest replicate, so that n is the same along the curve. */
function summarise({ label, runs }: ComparedGroup, valueOf: (epoch: EpochValues) => number): Summary {
  const lengths = runs.map(({ epochs }) => epochs.length)
  const shared = Math.min(...lengths)
  const losses = Array.from({ length: shared }, (_, index) => runs.map(({ epochs }) => valueOf(epochs[index]!)))
  const note = shared < Math.max(...lengths) ? `${label}: mean ends at epoch ${shared}, the last that all ${runs.length} runs have` : null
  return {
    label,
    name: runs.length > 1 ? `${label}, mean and range (n = ${runs.length})` : label,
    isReplicated: runs.length > 1,
    epochs: runs[0]!.epochs.slice(0, shared).map(({ epoch }) => epoch),
    mean: losses.map(meanOf),
    low: losses.map((values) => Math.min(...values)),
    high: losses.map((values) => Math.max(...values)),
    note,
  }
}

function groupSeries(
  group: ComparedGroup, { name, isReplicated, epochs, low, high }: Summary, drawn: DrawnCurve, dash: Dash, log: boolean,
  theme: ChartTheme,
): (LineSeriesOption | CustomSeriesOption | ScatterSeriesOption)[] {
  const colour = schemeColour(group.scheme, theme.mode)
  const line = lineSeries(name, colour, drawn)
  const curve = { ...line, lineStyle: { ...line.lineStyle, type: dash } }
  const marks = drawn.gaps.length > 0 ? [gapMarks(drawn.gaps, colour)] : []
  if (!isReplicated) return [curve, ...marks]
  // Same name as the curve, so that the legend shows and hides both.
  return [curve, bandSeries(name, colour, { x: epochs, low, high }, log), ...marks]
}

/** Groups with the same scheme share its colour and differ in dash. */
function dashOf(groups: ComparedGroup[], index: number): Dash {
  const before = groups.slice(0, index).filter(({ scheme }) => scheme === groups[index]!.scheme).length
  return dashes[before % dashes.length]!
}

function tableOf(summaries: Summary[]) {
  const columns = summaries.flatMap(({ label, isReplicated }) =>
    (isReplicated ? [`${label}: mean`, `${label}: minimum`, `${label}: maximum`] : [label]))
  const last = Math.max(0, ...summaries.map(({ epochs }) => epochs.at(-1) ?? 0))
  const rows = Array.from({ length: last }, (_, index) => [index + 1, ...summaries.flatMap((summary) => cellsAt(summary, index))])
  return { columns: ['Epoch', ...columns], rows }
}

const cellsAt = ({ isReplicated, mean, low, high }: Summary, index: number): (number | null)[] =>
  (isReplicated ? [mean, low, high] : [mean]).map((values) => values[index] ?? null)

const notesOf = (summaries: Summary[], drawn: DrawnCurve[]): string[] => [
  ...summaries.flatMap(({ note }) => (note ? [note] : [])),
  ...drawn.flatMap(({ notes }, index) => notes.map((note) => `${summaries[index]!.label}: ${note}`)),
]
