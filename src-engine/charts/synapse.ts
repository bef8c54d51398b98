import type { NeuronTraces, SynapseTraces, TimeSeries } from '../analysis/observation.ts'
import { populations, projectionOf } from '../experiment/layers.ts'
import type { KeyEntry, Line, Mark, Plot } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { formatCount, formatNumber } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import type { About, Chart } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'
import { timeOf } from './time.ts'

/** Traces of one sequence. */
interface TraceData<Traces> {
  /** Null if none were recorded. */
  traces: Traces | null
  steps: number
  /** Time step, ms. */
  dt: number
  /** Whether what a run has stored is shown, not live data. */
  isStored: boolean
  /** Recorded epoch of the traces; null for live traces. */
  epoch: number | null
}

type Timing = Pick<TraceData<unknown>, 'steps' | 'dt'>

export type NeuronData = TraceData<NeuronTraces>
export type SynapseData = TraceData<SynapseTraces>

/** Names in the key, on hover and in the table. */
const POTENTIAL = 'Membrane potential'
const THRESHOLD = 'Threshold'
const SPIKE = 'Spike'

/** Membrane potential of one neuron with its threshold and spikes. */
export function membraneChart(data: NeuronData, palette: Palette): Chart {
  const { traces, dt, isStored } = data
  const line = lineOf(POTENTIAL, traces?.membrane, dt, palette)
  const threshold: Line = { ...lineOf(THRESHOLD, traces?.threshold, dt, palette), colour: palette.quiet, dash: 'dashed' }
  const gaps = gapsOf([line], palette.warning)
  const marks: Mark[] = [
    line,
    threshold,
    // At the top, since the potential itself does not show spikes.
    {
      kind: 'rug', entry: SPIKE, side: 'top', at: Array.from(traces?.spikes ?? [], (step) => step * dt), shape: 'stroke',
      colour: okabeIto.vermilion,
    },
  ]
  const key: KeyEntry[] = [
    entryOf(line), entryOf(threshold), { text: SPIKE, colour: okabeIto.vermilion, symbol: 'stroke' },
  ]
  return {
    title: 'Membrane potential',
    plot: plotOf('Potential (weight units)', [...marks, ...gaps.marks], data),
    key: [...key, ...gaps.key],
    table: () => {
      const spiked = new Set(traces?.spikes)
      const { steps = [], values = [] } = traces?.threshold ?? {}
      const thresholds = new Map(Array.from(steps, (step, index) => [step, values[index]!]))
      return tableOf(traces?.membrane, dt, [POTENTIAL, THRESHOLD, SPIKE], (step) =>
        [thresholds.get(step) ?? null, spiked.has(step) ? 1 : 0])
    },
    notes: traces
      ? [`neuron ${traces.neuron}`, ...epochNote(data), counted(traces.spikes.length, 'spike'), ...thinnedNote(traces.membrane), ...gaps.notes]
      : [],
    about: {
      sentence: 'Membrane potential of one recurrent neuron during one sequence, in weight units; each spike then lowers it by the threshold.',
      equation: 'v[t] = α·v[t−1] + W_in·x[t−1] + W_rec·z[t−1] − v_th·z[t−1]',
    },
    empty: emptyBecause(traces, isStored, 'Membrane potentials'),
  }
}

/** Learning signal of one neuron. */
export const signalChart = (data: NeuronData, palette: Palette): Chart => ({
  ...curveChart('Learning signal', 'Learning signal L', data.traces?.signal, data, palette, {
    sentence: 'Error signal of one neuron at each step: the readout error through fixed random feedback, '
      + 'plus a term for the deviation of its firing rate from the target rate.',
    equation: 'Lⱼ[t] = Σₒ Bₒⱼ·(yₒ[t] − y*ₒ[t]) + c_reg·(fⱼ − f₀)',
  }),
  notes: data.traces ? [`neuron ${data.traces.neuron}`, ...epochNote(data), ...thinnedNote(data.traces.signal)] : [],
  empty: emptyBecause(data.traces, data.isStored, 'Learning signals'),
})

/** Eligibility trace of one synapse. */
export const eligibilityChart = (data: SynapseData, palette: Palette): Chart => ({
  ...curveChart('Eligibility trace', 'Eligibility trace ē', data.traces?.eligibility, data, palette, {
    sentence: 'Filtered presynaptic spikes of one synapse, weighted by how close its neuron was to the threshold; '
      + 'multiplied by the learning signal and summed over time, it gives the gradient.',
    equation: 'ēⱼᵢ[t] = κ·ēⱼᵢ[t−1] + ψⱼ[t]·x̄ᵢ[t];  gradient = Σₜ Lⱼ[t]·ēⱼᵢ[t]',
  }),
  notes: data.traces ? [...synapseNotes(data.traces), ...epochNote(data), ...thinnedNote(data.traces.eligibility)] : [],
  empty: emptyBecause(data.traces, data.isStored, 'Eligibility traces'),
})

function curveChart(
  title: string, name: string, series: TimeSeries | undefined, data: Timing, palette: Palette, about: About,
): Omit<Chart, 'notes' | 'empty'> {
  const line = lineOf(name, series, data.dt, palette)
  return {
    title,
    plot: plotOf(name, [line, ...gapsOf([line], palette.warning).marks], data),
    key: [],
    table: () => tableOf(series, data.dt, [name], () => []),
    about,
  }
}

const plotOf = (name: string, marks: Mark[], { steps, dt }: Timing): Plot =>
  ({ title: '', x: { scale: 'linear', name: timeOf(dt).label, from: 0, to: steps * dt }, y: { scale: 'linear', name }, marks })

const lineOf = (entry: string, series: TimeSeries | undefined, dt: number, palette: Palette): Line => ({
  kind: 'line', entry, x: Float64Array.from(series?.steps ?? [], (step) => step * dt), y: series?.values ?? [], colour: palette.accent,
})

function tableOf(series: TimeSeries | undefined, dt: number, columns: string[], beside: (step: number) => (number | null)[]) {
  const { steps, values } = series ?? { steps: [], values: [] }
  const rows = Array.from(steps, (step, index) => [step * dt, values[index]!, ...beside(step)])
  return { columns: [timeOf(dt).label, ...columns], rows }
}

function synapseNotes({ layer, neuron, presynaptic, connected, gradient }: SynapseTraces): string[] {
  if (!connected) return [`neuron ${neuron} has no synapse to itself`]
  const name = `${populations[projectionOf(layer).from].title.toLowerCase()} ${presynaptic} → neuron ${neuron}`
  return [gradient === null ? name : `${name}: gradient ${formatNumber(gradient)}`]
}

/** Recorded traces are of the first pattern. */
const epochNote = ({ epoch }: { epoch: number | null }) => (epoch === null ? [] : [`epoch ${formatCount(epoch)}, pattern 1`])

const thinnedNote = ({ bucket }: TimeSeries) => (bucket === 1 ? [] : [`only the minimum and maximum of every ${bucket} steps are drawn`])

function emptyBecause(traces: NeuronTraces | null, isStored: boolean, what: string): string | null {
  if (traces) return null
  if (!isStored) return `${what} appear after the first sequence.`
  return `${what} were not recorded for this choice. Choose another neuron or synapse.`
}
