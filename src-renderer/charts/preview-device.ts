import type { LineSeriesOption, XAXisComponentOption } from 'echarts'
import type { DeviceCurve } from '../../src-engine/analysis/device-preview.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import { bandSeries } from './band.ts'
import { labelOf, type Figure, type Quantity } from './figure.ts'
import { drawnCurve, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface DevicePreview {
  /** Null where the scheme has no devices. */
  curve: DeviceCurve | null
  devices: number
  /** Largest conductance, µS. */
  most: number
}

/** Age at which the drift law is fitted, s. */
const REFERENCE_AGE = 38.6

/** Conductance over the number of SETs. */
export function pulsesFigure(preview: DevicePreview, theme: ChartTheme): Figure {
  return curveFigure(preview, theme, {
    title: 'Pulse response',
    x: { name: 'SETs' },
    axis: (quantity) => xAxis(quantity, theme, { min: 0 }),
    about: {
      sentence: 'Programmed conductance after so many SETs from the initial conductance: mean and one standard deviation over devices.',
      equation: 'ΔG ~ N(μ, σ), μ = −0.084·G + 0.880 + 1.40·P, σ = 0.091·G + 0.260 + 2.15·P',
    },
  })
}

/** @param sets how many the devices had before */
export function driftFigure(preview: DevicePreview & { sets: number }, theme: ChartTheme): Figure {
  return curveFigure(preview, theme, {
    title: 'Drift',
    x: { name: 'time since the last SET', unit: 's' },
    axis: (quantity) => ({ ...xAxis(quantity, theme, { min: 1, max: 1e5 }), type: 'log', logBase: 10 }) as XAXisComponentOption,
    mark: { at: REFERENCE_AGE, name: 'T0 38.6 s' },
    about: {
      sentence: `READs of devices after ${preview.sets} SETs: mean and one standard deviation. Before T0 the law was not fitted.`,
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
  const line = lineSeries('mean', theme.accent, drawnCurve({ x: at, y: mean }))
  return {
    title,
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      // The mark is named above the plot.
      grid: { ...withoutLegend.grid, top: mark ? 22 : withoutLegend.grid.top },
      xAxis: axis(x),
      yAxis: yAxis({ name: 'conductance', unit: 'µS' }, theme, { min: 0, max: Math.ceil(most) }),
      series: [{ ...line, ...(mark ? markAt(mark, theme) : {}) }, bandSeries('mean ± SD', theme.accent, { x: at, low, high }, false)],
    },
    table: () => ({
      columns: [labelOf(x), 'mean (µS)', 'mean − SD (µS)', 'mean + SD (µS)'],
      rows: Array.from(at, (value, index) => [value, mean[index], low[index], high[index]]),
    }),
    notes: curve ? [`mean ± SD, n = ${devices}`] : [],
    about,
    empty: curve === null ? 'This scheme has no devices.' : null,
  }
}

const markAt = ({ at, name }: { at: number; name: string }, theme: ChartTheme): Pick<LineSeriesOption, 'markLine'> => ({
  markLine: {
    silent: true, symbol: 'none', animation: false, data: [{ xAxis: at }],
    lineStyle: { color: theme.axis, type: 'dashed', width: 1 },
    label: { formatter: name, position: 'end', distance: 2, color: theme.quiet, fontSize: 12 },
  },
})
