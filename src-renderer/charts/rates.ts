import { firingRates } from '../../src-engine/analysis/spikes.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import { formatExact, formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, withoutLegend, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import type { SpikeData } from './raster.ts'
import type { ChartTheme } from './theme.ts'

export interface RateData extends SpikeData {
  /** Target rate of the regularisation, Hz; null if it is not known. */
  targetRate: number | null
}

/** Firing rate of every neuron during one sequence, highest first. */
export function ratesFigure({ marks, counts, neurons, steps, dt, targetRate }: RateData, theme: ChartTheme): Figure {
  const rates = dt === null ? new Float64Array() : firingRates(counts, steps, dt)
  const order = Array.from(rates, (_, neuron) => neuron).sort((a, b) => rates[b]! - rates[a]! || a - b)
  const silent = rates.filter((rate) => rate === 0).length
  return {
    title: 'Firing rates',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      xAxis: { ...xAxis({ name: 'Neurons, sorted by rate' }, theme, { min: 0, max: neurons }), minInterval: 1, splitLine: { show: false } },
      yAxis: yAxis({ name: 'Firing rate', unit: 'Hz' }, theme, { min: 0 }),
      series: [{
        type: 'line', name: 'Firing rate', step: 'end', symbol: 'none', data: bars(order.map((neuron) => rates[neuron]!)),
        color: theme.accent, lineStyle: { width: 1.5 }, areaStyle: { opacity: 0.2 }, emphasis: { disabled: true },
        ...(targetRate !== null && { markLine: level(targetRate, `target ${formatExact(targetRate)} Hz`, theme) }),
      }],
    },
    table: () => ({
      columns: ['Rank', 'Neuron', 'Firing rate (Hz)'],
      rows: order.map((neuron, rank) => [rank + 1, neuron, rates[neuron]!]),
    }),
    notes: marks === null || dt === null ? [] : [`mean ${formatNumber(meanOf(rates))} Hz`, `${counted(silent, 'neuron')} silent`],
    about: {
      sentence: 'Spikes of each recurrent neuron during one sequence, divided by the duration of the sequence; highest rate first.',
      equation: 'fⱼ = Σₜ zⱼ[t] / (T·dt)',
    },
    empty: dt === null ? 'The time step of this run cannot be read.' : marks === null ? 'Firing rates appear after the first sequence.' : null,
  }
}

/** Bars of width 1; the last value is repeated to close the last bar. */
const bars = (rates: number[]): [number, number][] =>
  [...rates, ...rates.slice(-1)].map((rate, index) => [index, rate])

const level = (value: number, label: string, theme: ChartTheme) => ({
  silent: true, symbol: 'none', animation: false,
  data: [{ yAxis: value }],
  lineStyle: { color: theme.quiet, type: 'dashed' as const, width: 1 },
  label: { formatter: label, position: 'insideEndTop' as const, color: theme.quiet, fontSize: 12 },
})
