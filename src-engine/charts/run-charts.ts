import type { RecordedTraces, SynapseUpdates } from '../analysis/recording.ts'
import type { SequenceRecord } from '../analysis/stored-record.ts'
import { type LayerName, populationSizes, projections } from '../experiment/layers.ts'
import type { MetricKind } from '../experiment/metrics.ts'
import { usesDevices } from '../experiment/scheme.ts'
import type { Spec } from '../experiment/spec.ts'
import { lossOf, outputsOf } from '../experiment/task.ts'
import type { NumberScale } from '../figure/figure.ts'
import { auditChart } from './audit.ts'
import type { Chart } from './chart.ts'
import { histogramChart } from './histogram.ts'
import { lossChart, type LossPoint } from './loss.ts'
import { metricChart } from './metric.ts'
import { outputChart } from './output.ts'
import type { Palette } from './palette.ts'
import { rasterChart } from './raster.ts'
import { ratesChart } from './rates.ts'
import { saturationChart } from './saturation.ts'
import { type PulsePoint, setsChart } from './sets.ts'
import { eligibilityChart, membraneChart, signalChart } from './synapse.ts'
import { updatePulsesChart, updatesChart } from './updates.ts'
import { weightsChart } from './weights.ts'

/** What a run must have for a chart to show anything. */
export type Need = 'epochs' | 'sequence' | 'devices' | 'neuron' | 'synapse' | 'audit' | 'updates' | 'pulses'

/** Charts of a single run, in display order, and what each needs. */
export const runCharts = [
  { name: 'loss', title: 'Loss', needs: 'epochs' },
  { name: 'output', title: 'Output and target', needs: 'sequence' },
  { name: 'sets', title: 'Pulses per epoch', needs: 'devices' },
  { name: 'raster', title: 'Spikes', needs: 'sequence' },
  { name: 'histogram', title: 'Conductance or weight distribution', needs: 'sequence' },
  { name: 'rates', title: 'Firing rates', needs: 'sequence' },
  { name: 'saturation', title: 'Saturation and refresh', needs: 'devices' },
  { name: 'membrane', title: 'Membrane potential', needs: 'neuron' },
  { name: 'weights', title: 'Weight map', needs: 'sequence' },
  { name: 'signal', title: 'Learning signal', needs: 'neuron' },
  { name: 'audit', title: 'Planned and actual updates', needs: 'audit' },
  { name: 'eligibility', title: 'Eligibility trace', needs: 'synapse' },
  { name: 'updates', title: 'Synapse updates', needs: 'updates' },
  { name: 'update-pulses', title: 'Synapse pulses per epoch', needs: 'pulses' },
] as const satisfies readonly { name: string; title: string; needs: Need }[]

export type RunChart = typeof runCharts[number]['name']

type Epoch = LossPoint & PulsePoint & {
  metrics: Readonly<Record<string, number>>
  ledger: { set: number; reset: number; refresh: number; read: number }
}

/** What the charts of a run are made of. */
export interface RunSources {
  /** Null if it cannot be read: what follows from the data is drawn, and time is in steps. */
  spec: Spec | null
  /** Kind of the task. */
  task: string
  /** Kind of the update scheme. */
  scheme: string
  epochs: readonly Epoch[]
  record: SequenceRecord | null
  /** Recorded traces of the chosen neuron or synapse; null if none are shown. Live traces come first. */
  traces: RecordedTraces | null
  /** Recorded updates of the chosen synapse; null if none is chosen. */
  updates: SynapseUpdates | null
  lossScale: NumberScale
  /** Drawn in place of the loss; null for the loss. */
  metric: MetricKind | null
  /** Layer of the weight map. */
  layer: string
}

type Make = (palette: Palette) => Chart

/** A maker of each chart, which reads only the sources that its chart needs. */
export const runChartMakers: Record<RunChart, (from: RunSources) => Make> = {
  loss({ metric, epochs, scheme, task, lossScale }) {
    if (metric !== null) return (palette) => metricChart({ metric, epochs, scheme }, palette)
    return (palette) => lossChart({ loss: lossOf(task), epochs, scheme, scale: lossScale }, palette)
  },
  output: (from) => maker({
    trace: from.record?.trace ?? null, outputs: from.spec ? outputsOf(from.spec.task) : 1, dt: timing(from).dt,
  }, outputChart),
  sets: (from) => maker(pulses(from), setsChart),
  saturation: (from) => maker(pulses(from), saturationChart),
  raster: (from) => maker(spikes(from), rasterChart),
  rates: (from) => maker({ ...spikes(from), targetRate: from.spec?.learning.targetRate ?? null }, ratesChart),
  histogram: ({ record }) => maker({ histogram: record?.histogram ?? null }, histogramChart),
  membrane: (from) => maker(traced(from, 'neuron'), membraneChart),
  signal: (from) => maker(traced(from, 'neuron'), signalChart),
  eligibility: (from) => maker(traced(from, 'synapse'), eligibilityChart),
  weights: ({ record, layer }) => maker({ map: record?.maps.find((map) => map.layer === layer) ?? null }, weightsChart),
  audit: ({ record, spec }) => maker({
    audits: record?.audits ?? [], pre: spec ? presynapticOf(spec) : noLayers,
  }, auditChart),
  'updates': ({ updates }) => maker({ updates }, updatesChart),
  'update-pulses': ({ updates }) => maker({ updates }, updatePulsesChart),
}

const maker = <Data>(data: Data, chart: (data: Data, palette: Palette) => Chart): Make => (palette) => chart(data, palette)

const timing = ({ spec, record }: RunSources) =>
  ({ steps: spec?.task.steps ?? record?.trace?.target.length ?? 1, dt: spec?.task.dt ?? null })

const pulses = ({ spec, epochs }: RunSources) => ({ epochs, hasDevices: hasDevices(spec, epochs) })

/** Whether a run has devices, also if its spec cannot be read. */
export const hasDevices = (spec: Pick<Spec, 'scheme'> | null, epochs: readonly Pick<Epoch, 'ledger'>[]): boolean =>
  (spec ? usesDevices(spec.scheme) : epochs.some(({ ledger }) => ledger.set + ledger.reset + ledger.read > 0))

function spikes(from: RunSources) {
  const { spec, record } = from
  const neurons = spec?.network.recurrentNeurons ?? record?.counts.length ?? 1
  return { marks: record?.marks ?? null, counts: record?.counts ?? new Uint32Array(neurons), neurons, ...timing(from) }
}

/** Traces of the live sequence, or else recorded ones. Their time step is known: traces of a run whose spec is not are in steps. */
function traced<Of extends 'neuron' | 'synapse'>(from: RunSources, of: Of) {
  const { steps, dt } = timing(from)
  const live = from.record?.traces ?? null
  const isStored = live === null && (from.traces !== null || (from.record?.isStored ?? false))
  const traces = (live ?? from.traces?.[of] ?? null) as RecordedTraces[Of]
  return { traces, isStored, steps, dt: dt ?? 1, epoch: live === null ? from.traces?.epoch ?? null : null }
}

/** Number of presynaptic neurons by layer. */
export function presynapticOf(spec: Pick<Spec, 'task' | 'network'>): Record<LayerName, number> {
  const sizes = populationSizes(spec)
  return Object.fromEntries(projections.map(({ name, from }) => [name, sizes[from]])) as Record<LayerName, number>
}

/** Audits are of live runs, whose spec is known. */
const noLayers = { input: 1, recurrent: 1, output: 1 }
