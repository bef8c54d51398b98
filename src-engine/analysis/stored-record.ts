import { scaleOf } from '../experiment/layers.ts'
import { isRecorded } from '../experiment/recording-field.ts'
import type { Spec } from '../experiment/spec.ts'
import type { SynapseTraces, UpdateAudit } from './observation.ts'
import { spikeCounts, type SpikeMarks, spikeMarks } from './spikes.ts'
import { type SynapseArray, type SynapseHistogram, synapseHistogram } from './synapse-histogram.ts'
import type { SynapseMap } from './synapse-map.ts'
import { weightMap } from './weight-map.ts'

/** Data of one sequence and of the devices after it, for the charts. */
export interface SequenceRecord {
  epoch: number
  pattern: number
  /** Each [steps]. */
  trace: { output: Float32Array, target: Float32Array } | null
  marks: SpikeMarks | null
  /** Number of spikes by neuron. */
  counts: Uint32Array
  histogram: SynapseHistogram | null
  /** One per layer. */
  maps: SynapseMap[]
  /** Only in live frames; null in snapshots. */
  traces: SynapseTraces | null
  /** Only in live frames; empty in snapshots. */
  audits: UpdateAudit[]
  isStored: boolean
}

/** What a library tells of a stored array. */
export interface StoredArray {
  epoch: number
  /** 'weight', 'conductance', 'spikes', 'output', … */
  kind: string
  /** Layer, or 'pattern-0'. */
  name: string
  shape: readonly number[]
}

type Numbers = Float32Array | Uint16Array | Uint32Array
type Load<Info> = (info: Info) => Promise<{ data: Numbers }>

export const snapshotEpochs = (arrays: readonly StoredArray[]): number[] =>
  [...new Set(arrays.filter((array) => !isRecorded(array)).map(({ epoch }) => epoch))].sort((a, b) => a - b)

/** Number of patterns with saved data. */
export const savedPatterns = (arrays: readonly StoredArray[]): number =>
  new Set(arrays.flatMap(({ name }) => (name.startsWith('pattern-') ? [name] : []))).size

type Known = Pick<Spec, 'network' | 'task' | 'device'>

/**
 * Reads a snapshot. Parts that it does not contain are null.
 * @param spec null if it cannot be read: sizes and ranges follow from the arrays, and conductances give no weights then
 */
export async function storedRecord<Info extends StoredArray>(
  arrays: readonly Info[], epoch: number, pattern: number, spec: Known | null, load: Load<Info>,
): Promise<SequenceRecord> {
  const arraysOfEpoch = arrays.filter((info) => info.epoch === epoch)
  const ofPattern = (kind: string) => readFirst(arraysOfEpoch.filter((info) => info.kind === kind && info.name === `pattern-${pattern}`), load)
  const [output, target, spikes, synapses] = await Promise.all([
    ofPattern('output'), ofPattern('target'), ofPattern('spikes') as Promise<Uint16Array | null>, readSynapses(arraysOfEpoch, load),
  ])
  const neurons = spec?.network.recurrentNeurons ?? neuronsOf(synapses, spikes)
  const ofWeights = spec ? synapses : synapses.filter(({ kind }) => kind === 'weight')
  return {
    epoch,
    pattern,
    trace: output && target ? { output: output as Float32Array, target: target as Float32Array } : null,
    marks: spikes && spikeMarks(spikes, neurons, spec?.task.steps ?? output?.length ?? 1),
    counts: spikeCounts(spikes ?? [], neurons),
    histogram: synapseHistogram(synapses, spec?.device.maxConductance ?? largestOf(synapses)),
    maps: ofWeights.map((array) => weightMap(array, spec ? scaleOf(spec.device, array.name) : 1)),
    traces: null,
    audits: [],
    isStored: true,
  }
}

/** Number of recurrent neurons: the size of their layer, or else up to the last that spiked. Spikes are (step, neuron) pairs. */
function neuronsOf(synapses: readonly SynapseArray[], spikes: Uint16Array | null): number {
  const layer = synapses.find(({ name }) => name === 'recurrent')
  if (layer) return layer.shape[0]!
  return (spikes ?? new Uint16Array()).reduce((most, value, index) => (index % 2 === 1 ? Math.max(most, value + 1) : most), 1)
}

const largestOf = (synapses: readonly SynapseArray[]): number =>
  synapses.reduce((most, { data }) => (data as Float32Array).reduce((own, value) => (value > own ? value : own), most), 0) || 1

const readFirst = async <Info>([info]: readonly Info[], load: Load<Info>) => (info ? (await load(info)).data : null)

async function readSynapses<Info extends StoredArray>(arrays: readonly Info[], load: Load<Info>): Promise<SynapseArray[]> {
  const infos = arrays.filter(({ kind }) => kind === 'conductance' || kind === 'weight')
  return Promise.all(infos.map(async (info) => ({ ...info, data: (await load(info)).data })))
}
