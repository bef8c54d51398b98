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
import { weightsChart } from './weights.ts'

/** Charts of a single run, in display order. Those that are live show what no snapshot holds. */
export const runCharts = [
  { name: 'loss', title: 'Loss', isLive: false },
  { name: 'output', title: 'Output and target', isLive: false },
  { name: 'sets', title: 'Pulses per epoch', isLive: false },
  { name: 'raster', title: 'Spikes', isLive: false },
  { name: 'histogram', title: 'Conductance or weight distribution', isLive: false },
  { name: 'rates', title: 'Firing rates', isLive: false },
  { name: 'saturation', title: 'Saturation and refresh', isLive: false },
  { name: 'membrane', title: 'Membrane potential', isLive: true },
  { name: 'weights', title: 'Weight map', isLive: false },
  { name: 'signal', title: 'Learning signal', isLive: true },
  { name: 'audit', title: 'Planned and actual updates', isLive: true },
  { name: 'eligibility', title: 'Eligibility trace', isLive: true },
] as const

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
  membrane: (from) => maker(synapse(from), membraneChart),
  signal: (from) => maker(synapse(from), signalChart),
  eligibility: (from) => maker(synapse(from), eligibilityChart),
  weights: ({ record, layer }) => maker({ map: record?.maps.find((map) => map.layer === layer) ?? null }, weightsChart),
  audit: ({ record, spec }) => maker({
    audits: record?.audits ?? [], pre: spec ? presynapticOf(spec) : noLayers, isStored: record?.isStored ?? false,
  }, auditChart),
}

const maker = <Data>(data: Data, chart: (data: Data, palette: Palette) => Chart): Make => (palette) => chart(data, palette)

const timing = ({ spec, record }: RunSources) =>
  ({ steps: spec?.task.steps ?? record?.trace?.target.length ?? 1, dt: spec?.task.dt ?? null })

const pulses = ({ spec, epochs }: RunSources) => ({ epochs, hasDevices: spec ? usesDevices(spec.scheme) : firesPulses(epochs) })

const firesPulses = (epochs: readonly Epoch[]) => epochs.some(({ ledger }) => ledger.set + ledger.reset + ledger.read > 0)

function spikes(from: RunSources) {
  const { spec, record } = from
  const neurons = spec?.network.recurrentNeurons ?? record?.counts.length ?? 1
  return { marks: record?.marks ?? null, counts: record?.counts ?? new Uint32Array(neurons), neurons, ...timing(from) }
}

/** Traces are of live runs, whose spec is known. */
function synapse(from: RunSources) {
  const { steps, dt } = timing(from)
  return { traces: from.record?.traces ?? null, isStored: from.record?.isStored ?? false, steps, dt: dt ?? 1 }
}

/** Number of presynaptic neurons by layer. */
export function presynapticOf(spec: Pick<Spec, 'task' | 'network'>): Record<LayerName, number> {
  const sizes = populationSizes(spec)
  return Object.fromEntries(projections.map(({ name, from }) => [name, sizes[from]])) as Record<LayerName, number>
}

/** Audits are of live runs, whose spec is known. */
const noLayers = { input: 1, recurrent: 1, output: 1 }
