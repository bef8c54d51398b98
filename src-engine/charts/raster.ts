import type { SpikeMarks } from '../analysis/spikes.ts'
import { counted } from '../format/words.ts'
import type { Chart } from './chart.ts'
import type { Palette } from './palette.ts'
import { timeOf } from './time.ts'

export interface SpikeData {
  /** Null before the first sequence. */
  marks: SpikeMarks | null
  /** Number of spikes by neuron. */
  counts: Uint32Array
  neurons: number
  steps: number
  /** Time step, ms; null if it is not known. */
  dt: number | null
}

/** All spikes of one sequence as strokes. If there are very many, adjacent spikes share a stroke and none is lost. */
export function rasterChart({ marks, counts, neurons, steps, dt }: SpikeData, palette: Palette): Chart {
  const time = timeOf(dt)
  const spikes = marks?.spikes ?? []
  const half = spikes.length / 2
  const x = Float64Array.from({ length: half }, (_, index) => spikes[2 * index]! * time.step)
  const y = Float64Array.from({ length: half }, (_, index) => spikes[2 * index + 1]!)
  return {
    title: 'Spikes',
    plot: {
      title: '',
      x: { scale: 'linear', name: time.label, from: 0, to: steps * time.step },
      y: { scale: 'linear', name: 'Neuron', ...sides(neurons) },
      marks: [{ kind: 'raster', x, y, colour: palette.ink }],
    },
    key: [],
    table: () => ({ columns: [time.label, 'Neuron'], rows: Array.from(x, (at, index) => [at, y[index]!]) }),
    notes: marks === null ? [] : [counted(counts.reduce((sum, each) => sum + each, 0), 'spike'), ...sharedNote(marks)],
    about: {
      sentence: 'Spikes of each recurrent neuron (numbered from 0) during one sequence; no spike is left out.',
      equation: 'z[t+1] = 1 if v[t+1] > v_th; v then drops by v_th',
    },
    empty: marks === null ? 'Spikes appear after the first sequence.' : null,
  }
}

const sharedNote = ({ stepsPerMark, neuronsPerMark }: SpikeMarks): string[] =>
  (stepsPerMark * neuronsPerMark === 1 ? [] : [`spikes within ${counted(stepsPerMark, 'step')} × ${counted(neuronsPerMark, 'neuron')} share a mark`])

/** Ends of an axis of neurons, which are numbered from 0 and have a width of 1. */
export const sides = (neurons: number) => ({ from: -0.5, to: neurons - 0.5, isWhole: true })
