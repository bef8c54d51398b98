import { columnsOf } from '../../src-engine/analysis/outputs.ts'
import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { dashes, gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'
import { timeOf } from './time.ts'

export interface OutputData {
  /** Each [steps][outputs]; null before the first sequence. */
  trace: { output: Float32Array, target: Float32Array } | null
  outputs: number
  /** Time step, ms; null if it is not known. */
  dt: number | null
}

/** Outputs that can be told apart by their dashes. All are in the table. */
export const MOST_OUTPUTS = dashes.length

/** Outputs of the readout and their targets during one sequence. Each output has a dash, which it shares with its target. */
export function outputFigure({ trace, outputs, dt }: OutputData, theme: ChartTheme): Figure {
  const all = columnsOf(trace?.output ?? [], outputs)
  const targets = columnsOf(trace?.target ?? [], outputs)
  const time = timeOf(dt)
  const x = Float64Array.from(targets[0]!, (_, step) => step * time.step)
  const drawn = all.slice(0, MOST_OUTPUTS).map((output, index) => ({
    dash: dashes[index],
    output: { name: numbered('Output', index, outputs), curve: drawnCurve({ x, y: output }) },
    target: { name: numbered('Target', index, outputs), curve: drawnCurve({ x, y: targets[index]! }) },
  }))
  const gaps = [...new Set(drawn.flatMap(({ output }) => output.curve.gaps))]
  const base = baseOption(theme)
  return {
    title: 'Output and target',
    option: {
      ...base,
      legend: legendOf(base.legend, [
        ...drawn.flatMap(({ target, output, dash }) => [lineEntry(target.name, dash), lineEntry(output.name, dash)]),
        ...gapEntry(gaps),
      ]),
      xAxis: xAxis(time.quantity, theme, { min: 0, max: x.length * time.step }),
      yAxis: [yAxis({ name: 'Readout' }, theme), markAxis],
      series: [
        ...drawn.flatMap(({ target, output, dash }) => [
          lineSeries(target.name, theme.second, target.curve, dash), lineSeries(output.name, theme.accent, output.curve, dash),
        ]),
        gapMarks(gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: [time.label, ...all.flatMap((_, index) => [numbered('Output', index, outputs), numbered('Target', index, outputs)])],
      rows: Array.from(x, (at, step) => [at, ...all.flatMap((output, index) => [output[step]!, targets[index]![step]!])]),
    }),
    notes: [...notesOf(outputs), ...drawn.flatMap(({ output }) => output.curve.notes)],
    about: {
      sentence: outputs === 1
        ? 'Output of the leaky readout neuron during one sequence, together with its target.'
        : 'Outputs of the leaky readout neurons during one sequence, each with its target.',
      equation: 'y[t+1] = κ·y[t] + W_out·z[t+1]',
    },
    empty: trace === null ? 'The output appears after the first sequence.' : null,
  }
}

/** 'Output', or 'Output 2' where there are several. */
export const numbered = (name: string, index: number, outputs: number) => (outputs === 1 ? name : `${name} ${index + 1}`)

export const notesOf = (outputs: number) => (outputs > MOST_OUTPUTS ? [`first ${MOST_OUTPUTS} of ${outputs} outputs`] : [])
