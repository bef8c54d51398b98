import { spikeCounts } from '../../src-engine/analysis/spikes.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { drawnCurve, lineSeries } from './line.ts'
import { rasterFigure } from './raster.ts'
import type { ChartTheme } from './theme.ts'

export interface TaskPreview {
  /** [steps]; null where the samples of an imported signal are not at hand. */
  target: Float64Array | null
  /** (step, channel) pairs of the first `channels`. */
  spikes: Uint16Array
  channels: number
  /** Of the task; more than `channels` where only some are shown. */
  inputChannels: number
  steps: number
  /** Step, ms. */
  dt: number
  /** 'sinusoids' or 'signal'. */
  kind: string
}

/** What the readout has to follow during one sequence. */
export function targetFigure({ target, steps, dt, kind }: TaskPreview, theme: ChartTheme): Figure {
  const values = target ?? new Float64Array()
  const time = Float64Array.from(values, (_, step) => step * dt)
  const drawn = drawnCurve({ x: time, y: values })
  return {
    title: 'Target',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      xAxis: xAxis({ name: 'time', unit: 'ms' }, theme, { min: 0, max: steps * dt }),
      yAxis: yAxis({ name: 'target' }, theme),
      series: [lineSeries('target', theme.accent, drawn)],
    },
    table: () => ({ columns: ['time (ms)', 'target'], rows: Array.from(time, (at, step) => [at, values[step]]) }),
    notes: drawn.notes,
    about: {
      sentence: 'What the readout has to follow during one sequence, as a run of this seed is given it.',
      equation: kind === 'sinusoids'
        ? 'y*(t) = Σ_k A_k·sin(2π·f_k·t + φ_k) / max|·|'
        : 'a segment of the signal, normalised, interpolated between its samples',
    },
    empty: target === null ? 'The signal is read from its file when the run starts.' : null,
  }
}

/** The spikes that drive the network during one sequence. */
export function inputFigure({ spikes, channels, inputChannels, steps, dt }: TaskPreview, theme: ChartTheme): Figure {
  const marks = { spikes, stepsPerMark: 1, neuronsPerMark: 1 }
  const figure = rasterFigure({ marks, counts: spikeCounts(spikes, channels), neurons: channels, steps, dt }, theme)
  const isPart = channels < inputChannels
  return {
    ...figure,
    title: 'Input spikes',
    option: { ...figure.option, yAxis: { ...figure.option.yAxis, name: 'channel' } as typeof figure.option.yAxis },
    table: () => ({ ...figure.table(), columns: ['time (ms)', 'channel'] }),
    notes: [...figure.notes, ...(isPart ? [`the first ${channels} of ${inputChannels} channels`] : [])],
    about: {
      sentence: 'When each input channel spikes during one sequence, as a run of this seed is given it; drawn once and then frozen.',
      equation: 'P(spike in one step) = rate·dt',
    },
  }
}
