import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface OutputData {
  /** Each [steps]; null before the first sequence. */
  trace: { output: Float32Array, target: Float32Array } | null
  /** Time step, ms. */
  dt: number
}

/** Output of the readout and its target during one sequence. */
export function outputFigure({ trace, dt }: OutputData, theme: ChartTheme): Figure {
  const output = trace?.output ?? new Float32Array()
  const target = trace?.target ?? new Float32Array()
  const time = Float64Array.from(target, (_, step) => step * dt)
  const drawn = drawnCurve({ x: time, y: output })
  const base = baseOption(theme)
  return {
    title: 'Output and target',
    option: {
      ...base,
      legend: legendOf(base.legend, [lineEntry('Target'), lineEntry('Output'), ...gapEntry(drawn.gaps)]),
      xAxis: xAxis({ name: 'Time', unit: 'ms' }, theme, { min: 0, max: target.length * dt }),
      yAxis: [yAxis({ name: 'Readout' }, theme), markAxis],
      series: [
        lineSeries('Target', theme.second, drawnCurve({ x: time, y: target })),
        lineSeries('Output', theme.accent, drawn),
        gapMarks(drawn.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['Time (ms)', 'Output', 'Target'],
      rows: Array.from(time, (at, step) => [at, output[step], target[step]]),
    }),
    notes: drawn.notes,
    about: {
      sentence: 'Output of the leaky readout neuron during one sequence, together with its target.',
      equation: 'y[t+1] = κ·y[t] + W_out·z[t+1]',
    },
    empty: trace === null ? 'The output appears after the first sequence.' : null,
  }
}
