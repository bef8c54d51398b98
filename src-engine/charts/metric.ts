import { type MetricKind, titleWithUnit } from '../experiment/metrics.ts'
import { schemeColour } from '../experiment/scheme.ts'
import type { Line } from '../figure/figure.ts'
import { type Chart, labelOf } from './chart.ts'
import { gapsOf } from './gaps.ts'
import type { Palette } from './palette.ts'

export interface MetricData {
  metric: MetricKind
  epochs: readonly { epoch: number; metrics: Readonly<Record<string, number>> }[]
  scheme: string
}

/** A metric that a task reports besides its loss, by epoch. */
export function metricChart({ metric, epochs, scheme }: MetricData, palette: Palette): Chart {
  const { id, title, name } = metric
  const colour = schemeColour(scheme, palette.mode)
  const x = epochs.map(({ epoch }) => epoch)
  const y = epochs.map(({ metrics }) => metrics[id] ?? NaN)
  const line: Line = { kind: 'line', entry: title, x, y, colour }
  const gaps = gapsOf([line], palette.warning)
  return {
    title,
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Epoch', from: x[0] ?? 0, isWhole: true },
      y: { scale: 'linear', name: labelOf(metric) },
      marks: [line, ...gaps.marks],
    },
    key: [{ text: title, colour, dash: 'solid' }, ...gaps.key],
    table: () => ({ columns: ['Epoch', titleWithUnit(metric)], rows: x.map((epoch, index) => [epoch, y[index]!]) }),
    notes: gaps.notes,
    about: { sentence: `${name} in each epoch.`, equation: metric.equation },
    empty: epochs.length === 0 ? 'The metric appears after the first epoch.' : null,
  }
}
