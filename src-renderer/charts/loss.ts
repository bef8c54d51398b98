import { baseOption, logAxis, markAxis, xAxis, yAxis } from './axes.ts'
import { bandSeries } from './band.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { bandEntry, gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface LossPoint {
  epoch: number
  mse: number
  patternMse: number[]
}

export interface LossData {
  epochs: readonly LossPoint[]
  scheme: string
  scale: 'log' | 'linear'
}

const MEAN = 'Mean over patterns'
const error = { name: 'Mean squared error' }

/** Mean squared error of every epoch with the range over patterns. */
export function lossFigure({ epochs, scheme, scale }: LossData, theme: ChartTheme): Figure {
  const log = scale === 'log'
  const colour = schemeColour(scheme, theme.mode)
  const x = epochs.map(({ epoch }) => epoch)
  const curve = drawnCurve({ x, y: epochs.map(({ mse }) => mse), log })
  const patterns = epochs[0]?.patternMse.length ?? 0
  const range = {
    x,
    low: epochs.map(({ patternMse }) => Math.min(...patternMse)),
    high: epochs.map(({ patternMse }) => Math.max(...patternMse)),
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
      yAxis: [log ? logAxis(error, theme) : yAxis(error, theme, { min: 0 }), markAxis],
      series: [
        lineSeries(MEAN, colour, curve),
        ...(patterns > 1 ? [bandSeries(bandName, colour, range, log)] : []),
        gapMarks(curve.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['Epoch', 'MSE', ...Array.from({ length: patterns }, (_, index) => `MSE of pattern ${index + 1}`)],
      rows: epochs.map(({ epoch, mse, patternMse }) => [epoch, mse, ...patternMse]),
    }),
    notes: curve.notes,
    about: {
      sentence: 'Mean squared difference between the readout and its target in each epoch, over all steps and patterns.',
      equation: 'MSE = 1/(P·T) · Σₚ Σₜ (yₚ[t] − y*ₚ[t])²',
    },
    empty: epochs.length === 0 ? 'The loss appears after the first epoch.' : null,
  }
}
