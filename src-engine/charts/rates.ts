import { firingRates } from '../analysis/spikes.ts'
import type { Rule } from '../figure/figure.ts'
import { formatExact, formatNumber } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { meanOf } from '../statistics/samples.ts'
import { type Chart, labelOf } from './chart.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'
import type { SpikeData } from './raster.ts'

export interface RateData extends SpikeData {
  /** Target rate of the regularisation, Hz; null if it is not known. */
  targetRate: number | null
}

const rate = { name: 'Firing rate', unit: 'Hz' }

/** Firing rate of every neuron during one sequence, highest first. */
export function ratesChart({ marks, counts, neurons, steps, dt, targetRate }: RateData, palette: Palette): Chart {
  const rates = dt === null ? new Float64Array() : firingRates(counts, steps, dt)
  const order = Array.from(rates, (_, neuron) => neuron).sort((a, b) => rates[b]! - rates[a]! || a - b)
  const silent = rates.filter((each) => each === 0).length
  const target: Rule[] = targetRate === null
    ? []
    : [{ kind: 'rule', entry: `Target ${formatExact(targetRate)} Hz`, y: targetRate, colour: palette.quiet, dash: 'dashed' }]
  return {
    title: 'Firing rates',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Neurons, sorted by rate', from: 0, to: neurons, isWhole: true },
      y: { scale: 'linear', name: labelOf(rate), from: 0 },
      marks: [{
        kind: 'bars', entry: rate.name, edges: Array.from({ length: rates.length + 1 }, (_, edge) => edge),
        values: order.map((neuron) => rates[neuron]!), colour: palette.accent,
      }, ...target],
    },
    key: target.map(entryOf),
    table: () => ({
      columns: ['Rank', 'Neuron', labelOf(rate)],
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
