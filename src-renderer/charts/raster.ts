import type { YAXisComponentOption } from 'echarts'
import type { SpikeMarks } from '../../src-engine/analysis/spikes.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, neuronTicks, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import type { ChartTheme } from './theme.ts'
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

/** Height of the plot that spikes are sized for, px. With about 100 neurons, marks touch their neighbours. */
const PLOT_HEIGHT = 220

/** All spikes of one sequence as ticks. If there are very many, adjacent spikes share a tick and none is lost. */
export function rasterFigure({ marks, counts, neurons, steps, dt }: SpikeData, theme: ChartTheme): Figure {
  const time = timeOf(dt)
  const points = Float64Array.from(marks?.spikes ?? [], (value, index) => (index % 2 === 0 ? value * time.step : value))
  const count = points.length / 2
  return {
    title: 'Spikes',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      tooltip: { show: false },
      xAxis: { ...xAxis(time.quantity, theme, { min: 0, max: steps * time.step }), splitLine: { show: false } },
      yAxis: neuronAxis(neurons, theme),
      // Large mode cannot draw an empty path.
      series: count === 0 ? [] : [{
        type: 'scatter', name: 'Spikes', data: points as unknown as number[], dimensions: ['time', 'neuron'],
        symbol: 'rect', symbolSize: [1.5, Math.min(6, Math.max(1, PLOT_HEIGHT / neurons))],
        // Large mode draws all ticks in one path. Progressive drawing would leave an export incomplete.
        large: true, largeThreshold: 0, progressive: 0, itemStyle: { color: theme.text }, silent: true,
      }],
    },
    table: () => ({
      columns: [time.label, 'Neuron'],
      rows: Array.from({ length: count }, (_, index) => [points[2 * index]!, points[2 * index + 1]!]),
    }),
    notes: marks === null ? [] : [counted(counts.reduce((sum, spikes) => sum + spikes, 0), 'spike'), ...sharedNote(marks)],
    about: {
      sentence: 'Spikes of each recurrent neuron (numbered from 0) during one sequence; no spike is left out.',
      equation: 'z[t+1] = 1 if v[t+1] > v_th; v then drops by v_th',
    },
    empty: marks === null ? 'Spikes appear after the first sequence.' : null,
  }
}

const sharedNote = ({ stepsPerMark, neuronsPerMark }: SpikeMarks): string[] =>
  (stepsPerMark * neuronsPerMark === 1 ? [] : [`spikes within ${counted(stepsPerMark, 'step')} × ${counted(neuronsPerMark, 'neuron')} share a mark`])

/** Neurons are numbered from 0. The axis extends half a neuron beyond the first and the last. */
function neuronAxis(neurons: number, theme: ChartTheme): YAXisComponentOption {
  const axis = yAxis({ name: 'Neuron' }, theme, { min: -0.5, max: neurons - 0.5 })
  const customValues = neuronTicks(neurons)
  return {
    ...axis,
    axisTick: { ...axis.axisTick, customValues },
    axisLabel: { ...axis.axisLabel, customValues },
    splitLine: { show: false },
  } as YAXisComponentOption
}
