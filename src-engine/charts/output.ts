import { columnsOf } from '../analysis/outputs.ts'
import { dashes, type KeyEntry, type Line } from '../figure/figure.ts'
import type { Chart } from './chart.ts'
import { gapsOf } from './gaps.ts'
import type { Palette } from './palette.ts'
import { timeOf } from './time.ts'

export interface OutputData {
  /** Each [steps][outputs]; null before the first sequence. */
  trace: { output: ArrayLike<number>; target: ArrayLike<number> } | null
  outputs: number
  /** Time step, ms; null if it is not known. */
  dt: number | null
}

/** Outputs that can be told apart by their dashes. All are in the table. */
export const MOST_OUTPUTS = dashes.length

/** Outputs of the readout and their targets during one sequence. Each output has a dash, which it shares with its target. */
export function outputChart({ trace, outputs, dt }: OutputData, palette: Palette): Chart {
  const all = columnsOf(trace?.output ?? [], outputs)
  const targets = columnsOf(trace?.target ?? [], outputs)
  const time = timeOf(dt)
  const x = Float64Array.from(targets[0]!, (_, step) => step * time.step)
  const linesOf = (name: string, columns: ArrayLike<number>[], colour: string) =>
    columns.slice(0, MOST_OUTPUTS).map((y, index): Line => ({ kind: 'line', ...lookOf(name, index, outputs), x, y, colour }))
  const lines = linesOf('Output', all, palette.accent)
  const pairs = linesOf('Target', targets, palette.second).flatMap((target, index) => [target, lines[index]!])
  const gaps = gapsOf(lines, palette.warning)
  return {
    title: 'Output and target',
    plot: {
      title: '',
      x: { scale: 'linear', name: time.label, from: 0, to: x.length * time.step },
      y: { scale: 'linear', name: 'Readout' },
      marks: [...pairs, ...gaps.marks],
    },
    key: [...pairs.map(entryOf), ...gaps.key],
    table: () => ({
      columns: [time.label, ...all.flatMap((_, index) => [numbered('Output', index, outputs), numbered('Target', index, outputs)])],
      rows: Array.from(x, (at, step) => [at, ...all.flatMap((output, index) => [output[step]!, targets[index]![step]!])]),
    }),
    notes: [...notesOf(outputs), ...gaps.notes],
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

/** Name and dash of the line of an output. */
export const lookOf = (name: string, index: number, outputs: number) =>
  ({ entry: numbered(name, index, outputs), dash: dashes[index]! })

export const entryOf = ({ entry, colour, dash = 'solid' }: Pick<Line, 'entry' | 'colour' | 'dash'>): KeyEntry => ({ text: entry!, colour, dash })

export const notesOf = (outputs: number) => (outputs > MOST_OUTPUTS ? [`first ${MOST_OUTPUTS} of ${outputs} outputs`] : [])
