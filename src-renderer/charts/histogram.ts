import type { LineSeriesOption, YAXisComponentOption } from 'echarts'
import type { SynapseHistogram } from '../../src-engine/analysis/synapse-histogram.ts'
import { baseOption, logAxis, withoutLegend, xAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import { type Figure, labelOf } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import { counted, short } from './text.ts'
import type { ChartTheme } from './theme.ts'

export interface HistogramData {
  /** Null before the first sequence. */
  histogram: SynapseHistogram | null
}

/** Distribution of all conductances, G⁺ and G⁻ apart, or of all weights; counts on a log axis. */
export function histogramFigure({ histogram }: HistogramData, theme: ChartTheme): Figure {
  const { quantity, edges, counts, minus, missing } = histogram ?? nothing
  const of = quantity === 'conductance' ? { name: 'conductance', unit: 'µS' } : { name: 'weight' }
  const each = quantity === 'conductance' ? 'device' : 'synapse'
  const base = baseOption(theme)
  return {
    title: quantity === 'conductance' ? 'Conductances' : 'Weights',
    option: {
      ...base,
      ...(minus ? { legend: legendOf(base.legend, [lineEntry('G⁺'), lineEntry('G⁻')]) } : withoutLegend),
      xAxis: { ...xAxis(of, theme, { min: roundedOut(edges[0]), max: roundedOut(edges.at(-1)) }), splitLine: { show: false } },
      yAxis: countAxis(`${each}s per bin`, theme),
      series: minus
        ? [bars('G⁺', theme.accent, edges, counts), bars('G⁻', okabeIto.orange, edges, minus)]
        : [bars(`${each}s`, theme.accent, edges, counts)],
    },
    table: () => ({
      columns: [labelOf({ ...of, name: 'from' }), labelOf({ ...of, name: 'to' }), ...(minus ? ['G⁺ devices', 'G⁻ devices'] : ['synapses'])],
      rows: counts.map((count, bin) => [edges[bin], edges[bin + 1], count, ...(minus ? [minus[bin]] : [])]),
    }),
    notes: [
      ...(counts.includes(0) || minus?.includes(0) ? ['an empty bin has no bar'] : []),
      ...(missing > 0 ? [`${counted(missing, 'value')} not finite, in no bin`] : []),
    ],
    about: quantity === 'conductance' ? aboutConductance : aboutWeight,
    empty: histogram === null ? 'The distribution appears with the first sequence.' : null,
  }
}

const nothing: SynapseHistogram = { quantity: 'conductance', edges: [], counts: [], minus: null, missing: 0 }

const bars = (name: string, colour: string, edges: number[], counts: number[]): LineSeriesOption => ({
  type: 'line', name, symbol: 'none', data: outline(edges, counts), connectNulls: false,
  color: colour, lineStyle: { width: 1.5, color: colour }, areaStyle: { opacity: 0.2, origin: 'start' }, emphasis: { disabled: true },
})

/** Away from zero to two digits, so that the ends of the axis are readable numbers. */
function roundedOut(edge: number | undefined): number | undefined {
  if (edge === undefined || edge === 0) return edge
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(edge))) - 1)
  return Number((Math.sign(edge) * Math.ceil(Math.abs(edge) / unit - 1e-9) * unit).toPrecision(2))
}

/** Begins below 1, so that a bin of one has a height. */
function countAxis(name: string, theme: ChartTheme): YAXisComponentOption {
  const axis = logAxis({ name }, theme, { min: 0.5 })
  return { ...axis, axisLabel: { ...axis.axisLabel, formatter: (count: number) => (count < 1 ? '' : short(count)) } } as YAXisComponentOption
}

const aboutConductance = {
  sentence: 'How many G⁺ and G⁻ devices of all crossbars have which programmed conductance, free of drift and READ noise.',
  equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
}

const aboutWeight = {
  sentence: 'How many synapses of all three layers have which digital weight.',
  equation: 'ΔW = −η · Σₜ L[t]·ē[t]',
}

/** Tops of the bars that are there; an empty bin parts them. */
function outline(edges: number[], counts: number[]): [number, number | null][] {
  return counts.flatMap((count, bin): [number, number | null][] =>
    (count > 0 ? [[edges[bin], count], [edges[bin + 1], count]] : [[edges[bin], null]]))
}
