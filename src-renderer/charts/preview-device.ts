import type { LineSeriesOption, XAXisComponentOption } from 'echarts'
import type { DeviceCurve } from '../../src-engine/analysis/device-preview.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import { bandSeries } from './band.ts'
import { labelOf, type Figure, type Quantity } from './figure.ts'
import { drawnCurve, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface DevicePreview {
  /** Null if the scheme has no devices. */
  curve: DeviceCurve | null
  devices: number
  /** Maximum conductance, µS. */
  most: number
}

/** Reference time T0 of the drift law, s. */
const REFERENCE_AGE = 38.6

/** Conductance versus the number of SET pulses. */
export function pulsesFigure(preview: DevicePreview, theme: ChartTheme): Figure {
  return curveFigure(preview, theme, {
    title: 'Pulse response',
    x: { name: 'SET pulses' },
    axis: (quantity) => xAxis(quantity, theme, { min: 0 }),
    about: {
      sentence: 'Programmed conductance after a number of SET pulses, starting at the initial conductance: mean ± one standard deviation over devices.',
      equation: 'ΔG ~ N(μ, σ), μ = −0.084·G + 0.880 + 1.40·P, σ = 0.091·G + 0.260 + 2.15·P',
    },
  })
}

/**
 * Conductance versus the time since programming.
 * @param sets number of SET pulses applied before
 */
export function driftFigure(preview: DevicePreview & { sets: number }, theme: ChartTheme): Figure {
  return curveFigure(preview, theme, {
    title: 'Drift',
    x: { name: 'Time since the last SET pulse', unit: 's' },
    axis: (quantity) => ({ ...xAxis(quantity, theme, { min: 1, max: 1e5 }), type: 'log', logBase: 10 }) as XAXisComponentOption,
    mark: { at: REFERENCE_AGE, name: 'T0 38.6 s' },
    about: {
      sentence: `READ conductance after ${preview.sets} SET pulses: mean ± one standard deviation over devices. The drift law was not fitted before T0.`,
      equation: 'G(t) = G·((t − t_p)/38.6 s)^−ν, READ + N(0, 0.03·G + 0.13 µS)',
    },
  })
}

interface Words {
  title: string
  x: Quantity
  axis: (quantity: Quantity) => XAXisComponentOption
  mark?: { at: number; name: string }
  about: Figure['about']
}

function curveFigure({ curve, devices, most }: DevicePreview, theme: ChartTheme, { title, x, axis, mark, about }: Words): Figure {
  const { x: at, mean, low, high } = curve ?? { x: [], mean: [], low: [], high: [] }
  const line = lineSeries('Mean', theme.accent, drawnCurve({ x: at, y: mean }))
  return {
    title,
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      // The label of the mark is above the plot.
      grid: { ...withoutLegend.grid, top: mark ? 22 : withoutLegend.grid.top },
      xAxis: axis(x),
      yAxis: yAxis({ name: 'Conductance', unit: 'µS' }, theme, { min: 0, max: Math.ceil(most) }),
      series: [{ ...line, ...(mark ? markAt(mark, theme) : {}) }, bandSeries('Mean ± SD', theme.accent, { x: at, low, high }, false)],
    },
    table: () => ({
      columns: [labelOf(x), 'Mean (µS)', 'Mean − SD (µS)', 'Mean + SD (µS)'],
      rows: Array.from(at, (value, index) => [value, mean[index]!, low[index]!, high[index]!]),
    }),
    notes: curve ? [`mean ± SD, n = ${devices}`] : [],
    about,
    empty: curve === null ? 'This scheme uses no devices.' : null,
  }
}

const markAt = ({ at, name }: { at: number; name: string }, theme: ChartTheme): Pick<LineSeriesOption, 'markLine'> => ({
  markLine: {
    silent: true, symbol: 'none', animation: false, data: [{ xAxis: at }],
    lineStyle: { color: theme.axis, type: 'dashed', width: 1 },
    label: { formatter: name, position: 'end', distance: 2, color: theme.quiet, fontSize: 12 },
  },
})
