import { spikeCounts } from '../../src-engine/analysis/spikes.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { drawnCurve, lineSeries } from './line.ts'
import { rasterFigure } from './raster.ts'
import type { ChartTheme } from './theme.ts'

export interface TaskPreview {
  /** [steps]; null if the samples of an imported signal are not loaded. */
  target: Float64Array | null
  /** (step, channel) pairs of the first `channels` channels. */
  spikes: Uint16Array
  channels: number
  /** Number of channels of the task; more than `channels` if only some are shown. */
  inputChannels: number
  steps: number
  /** Time step, ms. */
  dt: number
  /** 'sinusoids' or 'signal'. */
  kind: string
}

/** Target of the readout during one sequence. */
export function targetFigure({ target, steps, dt, kind }: TaskPreview, theme: ChartTheme): Figure {
  const values = target ?? new Float64Array()
  const time = Float64Array.from(values, (_, step) => step * dt)
  const drawn = drawnCurve({ x: time, y: values })
  return {
    title: 'Target',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      xAxis: xAxis({ name: 'Time', unit: 'ms' }, theme, { min: 0, max: steps * dt }),
      yAxis: yAxis({ name: 'Target' }, theme),
      series: [lineSeries('Target', theme.accent, drawn)],
    },
    table: () => ({ columns: ['Time (ms)', 'Target'], rows: Array.from(time, (at, step) => [at, values[step]]) }),
    notes: drawn.notes,
    about: {
      sentence: 'Target that the readout must follow during one sequence, for this seed.',
      equation: kind === 'sinusoids'
        ? 'y*(t) = Σ_k A_k·sin(2π·f_k·t + φ_k) / max|·|'
        : 'y*(t) = segment of the signal, normalised and interpolated between samples',
    },
    empty: target === null ? 'The signal file is read when the run starts.' : null,
  }
}

/** Input spikes of the network during one sequence. */
export function inputFigure({ spikes, channels, inputChannels, steps, dt }: TaskPreview, theme: ChartTheme): Figure {
  const marks = { spikes, stepsPerMark: 1, neuronsPerMark: 1 }
  const figure = rasterFigure({ marks, counts: spikeCounts(spikes, channels), neurons: channels, steps, dt }, theme)
  const isPart = channels < inputChannels
  return {
    ...figure,
    title: 'Input spikes',
    option: { ...figure.option, yAxis: { ...figure.option.yAxis, name: 'Channel' } as typeof figure.option.yAxis },
    table: () => ({ ...figure.table(), columns: ['Time (ms)', 'Channel'] }),
    notes: [...figure.notes, ...(isPart ? [`first ${channels} of ${inputChannels} channels`] : [])],
    about: {
      sentence: 'Spikes of each input channel (numbered from 0) during one sequence, for this seed; they are drawn once and then stay the same.',
      equation: 'P(spike in one step) = rate·dt',
    },
  }
}
