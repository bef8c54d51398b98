import type { LossKind } from '../../src-engine/experiment/metrics.ts'
import { baseOption, logAxis, markAxis, xAxis, yAxis } from './axes.ts'
import { bandSeries } from './band.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { bandEntry, gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface LossPoint {
  epoch: number
  loss: number
  patternLosses: number[]
}

export interface LossData {
  /** What the task minimises. */
  loss: LossKind
  epochs: readonly LossPoint[]
  scheme: string
  scale: 'log' | 'linear'
}

const MEAN = 'Mean over patterns'

/** Loss of every epoch with the range over patterns. */
export function lossFigure({ loss: kind, epochs, scheme, scale }: LossData, theme: ChartTheme): Figure {
  const log = scale === 'log'
  const quantity = { name: kind.name, unit: kind.unit }
  const colour = schemeColour(scheme, theme.mode)
  const x = epochs.map(({ epoch }) => epoch)
  const curve = drawnCurve({ x, y: epochs.map(({ loss }) => loss), log })
  const patterns = epochs[0]?.patternLosses.length ?? 0
  const range = {
    x,
    low: epochs.map(({ patternLosses }) => Math.min(...patternLosses)),
    high: epochs.map(({ patternLosses }) => Math.max(...patternLosses)),
  }
  const base = baseOption(theme)
  const bandName = `Range over ${patterns} patterns`
  return {
    title: 'Loss',
    option: {
      ...base,
      legend: legendOf(base.legend, [
        lineEntry(MEAN), ...(patterns > 1 ? [bandEntry(bandName)] : []), ...gapEntry(curve.gaps),
      ]),
      xAxis: xAxis({ name: 'Epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [log ? logAxis(quantity, theme) : yAxis(quantity, theme, { min: 0 }), markAxis],
      series: [
        lineSeries(MEAN, colour, curve),
        ...(patterns > 1 ? [bandSeries(bandName, colour, range, log)] : []),
        gapMarks(curve.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['Epoch', kind.title, ...Array.from({ length: patterns }, (_, index) => `${kind.title} of pattern ${index + 1}`)],
      rows: epochs.map(({ epoch, loss, patternLosses }) => [epoch, loss, ...patternLosses]),
    }),
    notes: curve.notes,
    about: {
      sentence: `${kind.meaning} in each epoch, over all steps and patterns.`,
      equation: kind.equation,
    },
    empty: epochs.length === 0 ? 'The loss appears after the first epoch.' : null,
  }
}
