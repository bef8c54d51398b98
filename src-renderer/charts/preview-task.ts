import { columnsOf } from '../../src-engine/analysis/outputs.ts'
import { spikeCounts } from '../../src-engine/analysis/spikes.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { dashes, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, lineSeries } from './line.ts'
import { MOST_OUTPUTS, notesOf, numbered } from './output.ts'
import { rasterFigure } from './raster.ts'
import type { ChartTheme } from './theme.ts'

export interface TaskPreview {
  /** [steps][outputs]; null if data of the task are missing, such as a signal that is not loaded. */
  target: Float64Array | null
  outputs: number
  /** (step, channel) pairs of the first `channels` channels. */
  spikes: Uint16Array
  channels: number
  /** Number of channels of the task; more than `channels` if only some are shown. */
  inputChannels: number
  steps: number
  /** Time step, ms. */
  dt: number
  /** Equation of the target. */
  equation: string
}

/** Target of the readout during one sequence. */
export function targetFigure({ target, outputs, steps, dt, equation }: TaskPreview, theme: ChartTheme): Figure {
  const all = columnsOf(target ?? [], outputs)
  const time = Float64Array.from(all[0]!, (_, step) => step * dt)
  const drawn = all.slice(0, MOST_OUTPUTS).map((values, index) => ({
    name: numbered('Target', index, outputs), dash: dashes[index], curve: drawnCurve({ x: time, y: values }),
  }))
  const entries = drawn.map(({ name, dash }) => lineEntry(name, dash))
  const base = baseOption(theme)
  return {
    title: 'Target',
    option: {
      ...base,
      ...(outputs === 1 ? withoutLegend : { legend: legendOf(base.legend, entries) }),
      xAxis: xAxis({ name: 'Time', unit: 'ms' }, theme, { min: 0, max: steps * dt }),
      yAxis: yAxis({ name: 'Target' }, theme),
      series: drawn.map(({ name, dash, curve }) => lineSeries(name, theme.accent, curve, dash)),
    },
    table: () => ({
      columns: ['Time (ms)', ...all.map((_, index) => numbered('Target', index, outputs))],
      rows: Array.from(time, (at, step) => [at, ...all.map((values) => values[step]!)]),
    }),
    notes: [...notesOf(outputs), ...drawn.flatMap(({ curve }) => curve.notes)],
    about: {
      sentence: 'Target that the readout must follow during one sequence, for this seed.',
      equation,
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
