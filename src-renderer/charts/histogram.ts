import type { LineSeriesOption, YAXisComponentOption } from 'echarts'
import type { SynapseHistogram } from '../../src-engine/analysis/synapse-histogram.ts'
import { formatTick, roundTo } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, logAxis, withoutLegend, xAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import { type Figure, labelOf } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import type { ChartTheme } from './theme.ts'

export interface HistogramData {
  /** Null before the first sequence. */
  histogram: SynapseHistogram | null
}

/** Distribution of all conductances (G⁺ and G⁻ separately) or of all weights, with counts on a log axis. */
export function histogramFigure({ histogram }: HistogramData, theme: ChartTheme): Figure {
  const { quantity, edges, counts, minus, missing } = histogram ?? nothing
  const of = quantity === 'conductance' ? { name: 'Conductance', unit: 'µS' } : { name: 'Weight' }
  const counting = quantity === 'conductance' ? 'Devices' : 'Synapses'
  const base = baseOption(theme)
  return {
    title: quantity === 'conductance' ? 'Conductance distribution' : 'Weight distribution',
    option: {
      ...base,
      ...(minus ? { legend: legendOf(base.legend, [lineEntry('G⁺'), lineEntry('G⁻')]) } : withoutLegend),
      xAxis: { ...xAxis(of, theme, { min: roundedOut(edges[0]), max: roundedOut(edges.at(-1)) }), splitLine: { show: false } },
      yAxis: countAxis(`${counting} per bin`, theme),
      series: minus
        ? [bars('G⁺', theme.accent, edges, counts), bars('G⁻', okabeIto.orange, edges, minus)]
        : [bars(counting, theme.accent, edges, counts)],
    },
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

const bars = (name: string, colour: string, edges: number[], counts: number[]): LineSeriesOption => ({
  type: 'line', name, symbol: 'none', data: outline(edges, counts), connectNulls: false,
  color: colour, lineStyle: { width: 1.5, color: colour }, areaStyle: { opacity: 0.2, origin: 'start' }, emphasis: { disabled: true },
})

/** Rounds away from zero to two digits, so that the axis ends at readable numbers. */
function roundedOut(edge: number | undefined): number | undefined {
  if (edge === undefined || edge === 0) return edge
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(edge))) - 1)
  return roundTo(Math.sign(edge) * Math.ceil(Math.abs(edge) / unit - 1e-9) * unit, 2)
}

/** The axis starts below 1, so that a bin with a count of 1 is visible. */
function countAxis(name: string, theme: ChartTheme): YAXisComponentOption {
  const axis = logAxis({ name }, theme, { min: 0.5 })
  return { ...axis, axisLabel: { ...axis.axisLabel, formatter: (count: number) => (count < 1 ? '' : formatTick(count, true)) } } as YAXisComponentOption
}

const aboutConductance = {
  sentence: 'Number of G⁺ and G⁻ devices at each programmed conductance in all crossbars, without drift and READ noise.',
  equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
}

const aboutWeight = {
  sentence: 'Number of synapses at each digital weight in all three layers.',
  equation: 'ΔW = −η · Σₜ L[t]·ē[t]',
}

/** Tops of the bars; an empty bin leaves a gap. */
function outline(edges: number[], counts: number[]): [number, number | null][] {
  return counts.flatMap((count, bin): [number, number | null][] =>
    (count > 0 ? [[edges[bin]!, count], [edges[bin + 1]!, count]] : [[edges[bin]!, null]]))
}
