import type { SynapseHistogram } from '../analysis/synapse-histogram.ts'
import type { Bars } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { counted } from '../format/words.ts'
import { type Chart, labelOf } from './chart.ts'
import type { Palette } from './palette.ts'

export interface HistogramData {
  /** Null before the first sequence. */
  histogram: SynapseHistogram | null
}

/** Distribution of all conductances (G⁺ and G⁻ separately) or of all weights, with counts on a log axis. */
export function histogramChart({ histogram }: HistogramData, palette: Palette): Chart {
  const { quantity, edges, counts, minus, missing } = histogram ?? nothing
  const of = quantity === 'conductance' ? { name: 'Conductance', unit: 'µS' } : { name: 'Weight' }
  const counting = quantity === 'conductance' ? 'Devices' : 'Synapses'
  const bars = (entry: string, colour: string, values: number[]): Bars => ({ kind: 'bars', entry, edges, values, colour })
  const marks = minus
    ? [bars('G⁺', palette.accent, counts), bars('G⁻', okabeIto.orange, minus)]
    : [bars(counting, palette.accent, counts)]
  return {
    title: quantity === 'conductance' ? 'Conductance distribution' : 'Weight distribution',
    plot: {
      title: '',
      x: { scale: 'linear', name: labelOf(of) },
      // The axis starts below 1, so that a bin with a count of 1 is visible.
      y: { scale: 'log', name: `${counting} per bin`, from: 0.5, isWhole: true },
      marks,
    },
    key: minus ? marks.map(({ entry, colour }) => ({ text: entry!, colour, isArea: true })) : [],
    table: () => ({
      columns: [labelOf({ ...of, name: 'From' }), labelOf({ ...of, name: 'To' }), ...(minus ? ['G⁺ devices', 'G⁻ devices'] : ['Synapses'])],
      rows: counts.map((count, bin) => [edges[bin]!, edges[bin + 1]!, count, ...(minus ? [minus[bin]!] : [])]),
    }),
    notes: [
      ...(counts.includes(0) || minus?.includes(0) ? ['gaps are empty bins'] : []),
      ...(missing > 0 ? [`${counted(missing, 'value')} not finite, not counted`] : []),
    ],
    about: quantity === 'conductance' ? aboutConductance : aboutWeight,
    empty: histogram === null ? 'The distribution appears after the first sequence.' : null,
  }
}

const nothing: SynapseHistogram = { quantity: 'conductance', edges: [], counts: [], minus: null, missing: 0 }

const aboutConductance = {
  sentence: 'Number of G⁺ and G⁻ devices at each programmed conductance in all crossbars, without drift and READ noise.',
  equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
}

const aboutWeight = {
  sentence: 'Number of synapses at each digital weight in all three layers.',
  equation: 'ΔW = −η · Σₜ L[t]·ē[t]',
}
