import { type MetricKind, titleWithUnit } from '../../src-engine/experiment/metrics.ts'
import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface MetricData {
  metric: MetricKind
  epochs: readonly { epoch: number; metrics: Readonly<Record<string, number>> }[]
  scheme: string
}

/** A metric that a task reports besides its loss, by epoch. */
export function metricFigure({ metric, epochs, scheme }: MetricData, theme: ChartTheme): Figure {
  const { id, title, name, unit } = metric
  const x = epochs.map(({ epoch }) => epoch)
  const y = epochs.map(({ metrics }) => metrics[id] ?? NaN)
  const curve = drawnCurve({ x, y })
  const base = baseOption(theme)
  return {
    title,
    option: {
      ...base,
      legend: legendOf(base.legend, [lineEntry(title), ...gapEntry(curve.gaps)]),
      xAxis: xAxis({ name: 'Epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [yAxis({ name, unit }, theme), markAxis],
      series: [lineSeries(title, schemeColour(scheme, theme.mode), curve), gapMarks(curve.gaps, theme.warning)],
    },
    table: () => ({ columns: ['Epoch', titleWithUnit(metric)], rows: x.map((epoch, index) => [epoch, y[index]!]) }),
    notes: curve.notes,
    about: { sentence: `${name} in each epoch.`, equation: metric.equation },
    empty: epochs.length === 0 ? 'The metric appears after the first epoch.' : null,
  }
}
