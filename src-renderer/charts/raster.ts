import type { YAXisComponentOption } from 'echarts'
import type { SpikeMarks } from '../../src-engine/analysis/spikes.ts'
import { baseOption, neuronTicks, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { counted } from './text.ts'
import type { ChartTheme } from './theme.ts'

export interface SpikeData {
  /** Null before the first sequence. */
  marks: SpikeMarks | null
  /** Spikes of each neuron. */
  counts: Uint32Array
  neurons: number
  steps: number
  /** Step, ms. */
  dt: number
}

/** Height of the plot that spikes are sized for, px; they touch their neighbours at about 100 neurons. */
const PLOT_HEIGHT = 220

/** Every spike of one sequence as a small tick; where there are very many, neighbours share one and none is lost. */
export function rasterFigure({ marks, counts, neurons, steps, dt }: SpikeData, theme: ChartTheme): Figure {
  const points = Float64Array.from(marks?.spikes ?? [], (value, index) => (index % 2 === 0 ? value * dt : value))
  const count = points.length / 2
  return {
    title: 'Spikes',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      tooltip: { show: false },
      xAxis: { ...xAxis({ name: 'time', unit: 'ms' }, theme, { min: 0, max: steps * dt }), splitLine: { show: false } },
      yAxis: neuronAxis(neurons, theme),
      // Large mode cannot draw an empty path.
      series: count === 0 ? [] : [{
        type: 'scatter', name: 'spikes', data: points as unknown as number[], dimensions: ['time', 'neuron'],
        symbol: 'rect', symbolSize: [1.5, Math.min(6, Math.max(1, PLOT_HEIGHT / neurons))],
        // Large mode draws all ticks in one path; progressive drawing would leave an export half done.
        large: true, largeThreshold: 0, progressive: 0, itemStyle: { color: theme.text }, silent: true,
      }],
    },
    table: () => ({
      columns: ['time (ms)', 'neuron'],
      rows: Array.from({ length: count }, (_, index) => [points[2 * index], points[2 * index + 1]]),
    }),
    notes: marks === null ? [] : [counted(counts.reduce((sum, spikes) => sum + spikes, 0), 'spike'), ...sharedNote(marks)],
    about: {
      sentence: 'When each recurrent neuron fired during one sequence; no spike goes unseen.',
      equation: 'z[t+1] = 1 where v[t+1] > v_th, then v is lowered by v_th',
    },
    empty: marks === null ? 'Spikes appear with the first sequence.' : null,
  }
}

const sharedNote = ({ stepsPerMark, neuronsPerMark }: SpikeMarks): string[] =>
  (stepsPerMark * neuronsPerMark === 1 ? [] : [`spikes within ${counted(stepsPerMark, 'step')} × ${counted(neuronsPerMark, 'neuron')} share a mark`])

/** Neurons are counted from 0; the axis reaches half a neuron beyond the first and the last. */
function neuronAxis(neurons: number, theme: ChartTheme): YAXisComponentOption {
  const axis = yAxis({ name: 'neuron' }, theme, { min: -0.5, max: neurons - 0.5 })
  const customValues = neuronTicks(neurons)
  return {
    ...axis,
    axisTick: { ...axis.axisTick, customValues },
    axisLabel: { ...axis.axisLabel, customValues },
    splitLine: { show: false },
  } as YAXisComponentOption
}
