import type { ScatterSeriesOption } from 'echarts'
import type { SynapseTraces, TimeSeries } from '../../src-engine/analysis/observation.ts'
import { populations, projectionOf } from '../../src-engine/experiment/layers.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, markAxis, withoutLegend, xAxis, yAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import type { About, Figure, Quantity } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface SynapseData {
  /** Null if none were recorded. */
  traces: SynapseTraces | null
  steps: number
  /** Time step, ms. */
  dt: number
  /** Whether a stored snapshot is shown. Snapshots do not contain traces. */
  isStored: boolean
}

/** Names in the legend, on hover and in the table. */
const POTENTIAL = 'Membrane potential'
const THRESHOLD = 'Threshold'
const SPIKE = 'Spike'

/** Membrane potential of one neuron with its threshold and spikes. */
export function membraneFigure({ traces, steps, dt, isStored }: SynapseData, theme: ChartTheme): Figure {
  const drawn = curveOf(traces?.membrane, dt)
  const spikes = Array.from(traces?.spikes ?? [], (step) => step * dt)
  const base = baseOption(theme)
  return {
    title: 'Membrane potential',
    option: {
      ...base,
      legend: legendOf(base.legend, [lineEntry(POTENTIAL), lineEntry(THRESHOLD, 'dashed'), spikeEntry, ...gapEntry(drawn.gaps)]),
      xAxis: xAxis(time, theme, { min: 0, max: steps * dt }),
      yAxis: [yAxis({ name: 'Potential', unit: 'weight units' }, theme), markAxis],
      series: [
        lineSeries(POTENTIAL, theme.accent, drawn),
        level(THRESHOLD, traces?.threshold ?? 0, steps * dt, theme),
        spikeMarks(spikes),
        gapMarks(drawn.gaps, theme.warning),
      ],
    },
    table: () => {
      const spiked = new Set(traces?.spikes)
      return tableOf(traces?.membrane, dt, [POTENTIAL, SPIKE], (step) => [spiked.has(step) ? 1 : 0])
    },
    notes: traces ? [`neuron ${traces.neuron}`, counted(spikes.length, 'spike'), ...thinnedNote(traces.membrane), ...drawn.notes] : [],
    about: {
      sentence: 'Membrane potential of one recurrent neuron during one sequence, in weight units; each spike then lowers it by the threshold.',
      equation: 'v[t] = α·v[t−1] + W_in·x[t−1] + W_rec·z[t−1] − v_th·z[t−1]',
    },
    empty: emptyBecause(traces, isStored, 'Membrane potentials'),
  }
}

/** Learning signal of one neuron. */
export const signalFigure = (data: SynapseData, theme: ChartTheme): Figure => ({
  ...curveFigure('Learning signal', { name: 'Learning signal L' }, data.traces?.signal, data, theme, {
    sentence: 'Error signal of one neuron at each step: the readout error through fixed random feedback, '
      + 'plus a term for the deviation of its firing rate from the target rate.',
    equation: 'Lⱼ[t] = Σₒ Bₒⱼ·(yₒ[t] − y*ₒ[t]) + c_reg·(fⱼ − f₀)',
  }),
  notes: data.traces ? [`neuron ${data.traces.neuron}`, ...thinnedNote(data.traces.signal)] : [],
  empty: emptyBecause(data.traces, data.isStored, 'Learning signals'),
})

/** Eligibility trace of one synapse. */
export const eligibilityFigure = (data: SynapseData, theme: ChartTheme): Figure => ({
  ...curveFigure('Eligibility trace', { name: 'Eligibility trace ē' }, data.traces?.eligibility, data, theme, {
    sentence: 'Filtered presynaptic spikes of one synapse, weighted by how close its neuron was to the threshold; '
      + 'multiplied by the learning signal and summed over time, it gives the gradient.',
    equation: 'ēⱼᵢ[t] = κ·ēⱼᵢ[t−1] + ψⱼ[t]·x̄ᵢ[t];  gradient = Σₜ Lⱼ[t]·ēⱼᵢ[t]',
  }),
  notes: data.traces ? [...synapseNotes(data.traces), ...thinnedNote(data.traces.eligibility)] : [],
  empty: emptyBecause(data.traces, data.isStored, 'Eligibility traces'),
})

const time = { name: 'Time', unit: 'ms' }

function curveFigure(
  title: string, quantity: Quantity, series: TimeSeries | undefined, { steps, dt }: SynapseData, theme: ChartTheme, about: About,
): Omit<Figure, 'notes' | 'empty'> {
  const drawn = curveOf(series, dt)
  return {
    title,
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      xAxis: xAxis(time, theme, { min: 0, max: steps * dt }),
      yAxis: [yAxis(quantity, theme), markAxis],
      series: [lineSeries(quantity.name, theme.accent, drawn), gapMarks(drawn.gaps, theme.warning)],
    },
    table: () => tableOf(series, dt, [quantity.name], () => []),
    about,
  }
}

const curveOf = (series: TimeSeries | undefined, dt: number) =>
  drawnCurve({ x: Float64Array.from(series?.steps ?? [], (step) => step * dt), y: series?.values ?? [] })

function tableOf(series: TimeSeries | undefined, dt: number, columns: string[], beside: (step: number) => number[]) {
  const { steps, values } = series ?? { steps: [], values: [] }
  return { columns: ['Time (ms)', ...columns], rows: Array.from(steps, (step, index) => [step * dt, values[index]!, ...beside(step)]) }
}

const spikeEntry = { name: SPIKE, icon: 'path://M10 0H12V10H10Z' }

/** Marks at the top of the chart, on `markAxis`, since the membrane potential itself does not show spikes. */
const spikeMarks = (times: number[]): ScatterSeriesOption => ({
  type: 'scatter', name: SPIKE, data: times.map((at) => [at, 0.96]), yAxisIndex: 1, symbol: 'rect', symbolSize: [1.5, 10],
  color: okabeIto.vermilion, silent: true, tooltip: { show: false }, emphasis: { disabled: true }, z: 4,
})

function level(name: string, value: number, end: number, theme: ChartTheme) {
  const line = lineSeries(name, theme.quiet, { points: [[0, value], [end, value]], gaps: [], notes: [] })
  return { ...line, lineStyle: { ...line.lineStyle, width: 1, type: 'dashed' as const }, silent: true, tooltip: { show: false } }
}

function synapseNotes({ layer, neuron, presynaptic, connected, gradient }: SynapseTraces): string[] {
  const from = `${populations[projectionOf(layer).from].title.toLowerCase()} ${presynaptic}`
  return [connected ? `${from} → neuron ${neuron}: gradient ${formatNumber(gradient)}` : `neuron ${neuron} has no synapse to itself`]
}

const thinnedNote = ({ bucket }: TimeSeries) => (bucket === 1 ? [] : [`only the minimum and maximum of every ${bucket} steps are drawn`])

function emptyBecause(traces: SynapseTraces | null, isStored: boolean, what: string): string | null {
  if (traces) return null
  return isStored ? `${what} are available only while a run is live. Snapshots do not include them.` : `${what} appear after the first sequence.`
}
