import { deviceLimits, type Range } from '../analysis/device-limits.ts'
import type { LayerSnapshot, Quantity } from '../analysis/quantities.ts'
import type { SnapshotHistogram, SynapseState } from '../analysis/snapshots.ts'
import type { LayerName } from '../experiment/layers.ts'
import { formatCount, formatExact } from '../format/numbers.ts'
import type { Chart } from './chart.ts'
import { deviceLimitsChart } from './device-limits.ts'
import { distributionChart } from './distribution.ts'
import type { Palette } from './palette.ts'
import { historyChart, pulseHistoryChart } from './synapse-history.ts'
import { differenceChart, synapseMapChart } from './synapse-map.ts'

/** Charts of the snapshots of a run, in display order. */
export const snapshotCharts = [
  { name: 'map', title: 'Synapse map', needsDevices: false },
  { name: 'difference', title: 'Difference of snapshots', needsDevices: false },
  { name: 'history', title: 'Synapse history', needsDevices: false },
  { name: 'pulse-history', title: 'Synapse pulses', needsDevices: true },
  { name: 'distribution', title: 'Distribution over epochs', needsDevices: false },
  { name: 'limits', title: 'Saturated and worn devices', needsDevices: true },
] as const

export type SnapshotChart = typeof snapshotCharts[number]['name']

export const isSnapshotChart = (name: string): name is SnapshotChart => snapshotCharts.some((one) => one.name === name)

/** What the charts of snapshots are made of. Neurons and pairs are counted from 0. */
export interface SnapshotSources {
  quantity: Quantity
  layer: LayerName
  pair: number
  /** Device pairs per synapse; 0 for digital weights. */
  pairs: number
  /** µS per unit of weight in this layer, here and in the other run. */
  scale: number
  baseScale: number
  /** Of conductances; null if the spec cannot be read. */
  range: Range | null
  synapse: { post: number; pre: number }
  /** The layer in the shown and the subtracted snapshot; null if they cannot be read. */
  shown: LayerSnapshot | null
  base: LayerSnapshot | null
  /** Ends of the colour scale of the map; null if they follow from the shown snapshot. */
  ends: { from: number; to: number } | null
  baseName: string
  /** All layers of the shown snapshot that have devices. */
  crossbars: readonly LayerSnapshot[]
  states: readonly SynapseState[]
  histograms: readonly SnapshotHistogram[]
}

/** Arrays that the limits of devices are made of. */
export const LIMIT_KINDS = ['conductance', 'pulses.reset'] as const

/** What a difference subtracts. @param other run that it belongs to; absent for the shown one */
export const baseName = (epoch: number, other?: { runId: string; name: string; seed: number }): string =>
  `epoch ${formatCount(epoch)}${other ? ` of ${other.name || other.runId}, seed ${formatExact(other.seed)}` : ''}`

type Make = (palette: Palette) => Chart

/** A maker of each chart, which reads only the sources that its chart needs. */
export const snapshotChartMakers: Record<SnapshotChart, (from: SnapshotSources) => Make> = {
  'map': (from) => maker(mapOf(from), synapseMapChart),
  'difference': (from) => maker({ ...mapOf(from), base: from.base, baseName: from.baseName, baseScale: from.baseScale }, differenceChart),
  'history': (from) => maker(historyOf(from), historyChart),
  'pulse-history': (from) => maker(historyOf(from), pulseHistoryChart),
  'distribution': ({ quantity, layer, pair, pairs, histograms }) =>
    maker({ quantity, layer, pair, pairs, histograms }, distributionChart),
  'limits': ({ crossbars, range }) => maker({ layers: range ? deviceLimits(crossbars, range) : [] }, deviceLimitsChart),
}

const maker = <Data>(data: Data, chart: (data: Data, palette: Palette) => Chart): Make => (palette) => chart(data, palette)

const mapOf = ({ quantity, pair, scale, shown, ends, synapse }: SnapshotSources) =>
  ({ quantity, pair, scale, shown, ends, synapse })

/** What the history of the chosen synapse is made of. */
export const historyOf = ({ layer, synapse, states, pair, pairs, scale }: SnapshotSources) =>
  ({ synapse: { layer, ...synapse }, states, pair, pairs, scale })
