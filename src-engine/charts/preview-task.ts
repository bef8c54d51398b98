import { columnsOf } from '../analysis/outputs.ts'
import { spikeCounts } from '../analysis/spikes.ts'
import type { Line } from '../figure/figure.ts'
import type { Chart } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf, lookOf, MOST_OUTPUTS, notesOf, numbered } from './output.ts'
import type { Palette } from './palette.ts'
import { rasterChart, sides } from './raster.ts'
import { timeOf } from './time.ts'

export interface TaskPreview {
  /** [steps][outputs]; null if data of the task are missing, such as a signal that is not loaded. */
  target: Float64Array | null
  /** Why the target is not known. */
  reason?: string
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
export function targetChart({ target, reason, outputs, steps, dt, equation }: TaskPreview, palette: Palette): Chart {
  const all = columnsOf(target ?? [], outputs)
  const time = Float64Array.from(all[0]!, (_, step) => step * dt)
  const lines = all.slice(0, MOST_OUTPUTS).map((y, index): Line =>
    ({ kind: 'line', ...lookOf('Target', index, outputs), x: time, y, colour: palette.accent }))
  return {
    title: 'Target',
    plot: {
      title: '',
      x: { scale: 'linear', name: timeOf(dt).label, from: 0, to: steps * dt },
      y: { scale: 'linear', name: 'Target' },
      marks: lines,
    },
    key: outputs === 1 ? [] : lines.map(entryOf),
    table: () => ({
      columns: [timeOf(dt).label, ...all.map((_, index) => numbered('Target', index, outputs))],
      rows: Array.from(time, (at, step) => [at, ...all.map((values) => values[step]!)]),
    }),
    notes: [...notesOf(outputs), ...gapsOf(lines, palette.warning).notes],
    about: { sentence: 'Target that the readout must follow during one sequence, for this seed.', equation },
    empty: target === null ? reason ?? 'The signal is not read yet.' : null,
  }
}

/** Input spikes of the network during one sequence. */
export function inputChart({ spikes, channels, inputChannels, steps, dt }: TaskPreview, palette: Palette): Chart {
  const marks = { spikes, stepsPerMark: 1, neuronsPerMark: 1 }
  const chart = rasterChart({ marks, counts: spikeCounts(spikes, channels), neurons: channels, steps, dt }, palette)
  const isPart = channels < inputChannels
  return {
    ...chart,
    title: 'Input spikes',
    plot: { ...chart.plot, y: { scale: 'linear', name: 'Channel', ...sides(channels) } },
    table: () => ({ ...chart.table(), columns: [timeOf(dt).label, 'Channel'] }),
    notes: [...chart.notes, ...(isPart ? [`first ${channels} of ${inputChannels} channels`] : [])],
    about: {
      sentence: 'Spikes of each input channel (numbered from 0) during one sequence, for this seed; they are drawn once and then stay the same.',
      equation: 'P(spike in one step) = rate·dt',
    },
  }
}
