import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface OutputData {
  /** [steps]; null before the first sequence. */
  trace: { output: Float32Array, target: Float32Array } | null
  /** Step, ms. */
  dt: number
}

/** Readout over its target during one sequence. */
export function outputFigure({ trace, dt }: OutputData, theme: ChartTheme): Figure {
  const output = trace?.output ?? new Float32Array()
  const target = trace?.target ?? new Float32Array()
  const time = Float64Array.from(target, (_, step) => step * dt)
  const drawn = drawnCurve({ x: time, y: output })
  const base = baseOption(theme)
  return {
    title: 'Output against target',
    option: {
      ...base,
      legend: legendOf(base.legend, [lineEntry('target'), lineEntry('output'), ...gapEntry(drawn.gaps)]),
      xAxis: xAxis({ name: 'time', unit: 'ms' }, theme, { min: 0, max: target.length * dt }),
      yAxis: [yAxis({ name: 'readout' }, theme), markAxis],
      series: [
        lineSeries('target', theme.second, drawnCurve({ x: time, y: target })),
        lineSeries('output', theme.accent, drawn),
        gapMarks(drawn.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['time (ms)', 'output', 'target'],
      rows: Array.from(time, (at, step) => [at, output[step], target[step]]),
    }),
    notes: drawn.notes,
    about: {
      sentence: 'What the leaky readout neuron gave during one sequence, over what it should have given.',
      equation: 'y[t+1] = κ·y[t] + W_out·z[t+1]',
    },
    empty: trace === null ? 'The output appears with the first sequence.' : null,
  }
}
