import type { DeviceCurve } from '../analysis/device-preview.ts'
import type { Mark, NumberAxis } from '../figure/figure.ts'
import type { About, Chart } from './chart.ts'
import type { Palette } from './palette.ts'

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
export function pulsesChart(preview: DevicePreview, palette: Palette): Chart {
  return curveChart(preview, palette, {
    title: 'Pulse response',
    x: { scale: 'linear', name: 'SET pulses', from: 0, isWhole: true },
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
export function driftChart(preview: DevicePreview & { sets: number }, palette: Palette): Chart {
  return curveChart(preview, palette, {
    title: 'Drift',
    x: { scale: 'log', name: 'Time since the last SET pulse (s)', from: 1, to: 1e5 },
    marks: [{ kind: 'rule', x: REFERENCE_AGE, colour: palette.faint, dash: 'dashed', label: `T0 ${REFERENCE_AGE} s` }],
    about: {
      sentence: `READ conductance after ${preview.sets} SET pulses: mean ± one standard deviation over devices. The drift law was not fitted before T0.`,
      equation: 'G(t) = G·((t − t_p)/38.6 s)^−ν, READ + N(0, 0.03·G + 0.13 µS)',
    },
  })
}

interface Parts {
  title: string
  x: NumberAxis
  marks?: Mark[]
  about: About
}

function curveChart({ curve, devices, most }: DevicePreview, palette: Palette, { title, x, marks = [], about }: Parts): Chart {
  const { x: at, mean, low, high } = curve ?? { x: [], mean: [], low: [], high: [] }
  const colour = palette.accent
  return {
    title,
    plot: {
      title: '',
      x,
      y: { scale: 'linear', name: 'Conductance (µS)', from: 0, to: Math.ceil(most) },
      marks: [
        { kind: 'band', entry: 'Mean ± SD', x: at, low, high, colour }, { kind: 'line', entry: 'Mean', x: at, y: mean, colour }, ...marks,
      ],
    },
    key: [],
    table: () => ({
      columns: [x.name, 'Mean (µS)', 'Mean − SD (µS)', 'Mean + SD (µS)'],
      rows: Array.from(at, (value, index) => [value, mean[index]!, low[index]!, high[index]!]),
    }),
    notes: curve ? [`mean ± SD, n = ${devices}`] : [],
    about,
    empty: curve === null ? 'This scheme uses no devices.' : null,
  }
}
