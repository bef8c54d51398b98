import { layerNames, tracedLayers, type TracedLayer } from '../experiment/layers.ts'
import { arrayName, changeParts, pulseParts, type Subject } from '../experiment/recording.ts'
import { type RecordedSynapse, RECORDED } from '../experiment/recording-field.ts'
import { isSelfConnection, type NeuronTraces, type SynapseTraces, timeSeriesOf } from './observation.ts'
import type { StoredArray } from './stored-record.ts'

const traceKinds = ['membrane', 'threshold', 'signal', 'spikes', 'eligibility'] as const
type TraceKind = (typeof traceKinds)[number]

/** What a run has recorded, in ascending order. */
export interface Recorded {
  /** Epochs whose traces are kept. */
  epochs: number[]
  neurons: number[]
  synapses: RecordedSynapse[]
}

/** What the stored arrays of a run have of recorded neurons and synapses. A synapse may have updates alone. */
export function recordedIn(arrays: readonly StoredArray[]): Recorded {
  const isTrace = ({ kind }: StoredArray) => traceKinds.some((trace) => kind === `${RECORDED}${trace}`)
  const ascending = (values: number[]) => [...new Set(values)].sort((a, b) => a - b)
  const found = new Map(arrays.filter(({ kind }) => kind.startsWith(RECORDED)).map(({ name }) => [name, subjectOf(name)]))
  const subjects = [...found.values()].filter((one) => one !== null)
  return {
    epochs: ascending(arrays.filter(isTrace).map(({ epoch }) => epoch)),
    neurons: ascending(subjects.flatMap((one) => ('neuron' in one ? [one.neuron] : []))),
    synapses: subjects.flatMap((one) => ('neuron' in one ? [] : [one])).sort(byPlace),
  }
}

/** The neuron or synapse that arrays are named for; null for a name of a later version. */
function subjectOf(name: string): Subject | null {
  const [, neuron] = /^neuron-(\d+)$/.exec(name) ?? []
  if (neuron !== undefined) return { neuron: Number(neuron) }
  const [, layer, from, to] = /^(input|recurrent|output)-(\d+)-(\d+)$/.exec(name) ?? []
  return layer === undefined ? null : { layer: layer as RecordedSynapse['layer'], from: Number(from), to: Number(to) }
}

const byPlace = (a: RecordedSynapse, b: RecordedSynapse) =>
  layerNames.indexOf(a.layer) - layerNames.indexOf(b.layer) || a.to - b.to || a.from - b.from

/** Whether a synapse leads to a recurrent neuron, so that it has an eligibility trace. */
export const isTracedSynapse = (synapse: RecordedSynapse): synapse is RecordedSynapse & { layer: TracedLayer } =>
  tracedLayers.some((layer) => layer === synapse.layer)

/** The neuron whose membrane a subject shows; null for an output. */
export const neuronOf = (subject: Subject): number | null => {
  if ('neuron' in subject) return subject.neuron
  return isTracedSynapse(subject) ? subject.to : null
}

type Numbers = Float32Array | Uint16Array | Uint32Array
type Load<Info> = (info: Info) => Promise<{ data: Numbers }>

/** Traces of a neuron and of a synapse in one epoch; null for what was not recorded then. */
export interface RecordedTraces {
  epoch: number
  neuron: NeuronTraces | null
  synapse: SynapseTraces | null
}

/**
 * Reads the traces of a neuron or a synapse in an epoch.
 * @param selfConnected whether a neuron may have a synapse to itself
 */
export async function readTraces<Info extends StoredArray>(
  arrays: readonly Info[], epoch: number, subject: Subject, selfConnected: boolean, load: Load<Info>,
): Promise<RecordedTraces> {
  const read = async (kind: TraceKind, name: string) => {
    const info = arrays.find((one) => one.epoch === epoch && one.kind === `${RECORDED}${kind}` && one.name === name)
    return info ? (await load(info)).data : null
  }
  const number = neuronOf(subject)
  if (number === null) return { epoch, neuron: null, synapse: null }
  const ofNeuron = arrayName({ neuron: number })
  const [membrane, threshold, signal, spikes, eligibility] = await Promise.all([
    read('membrane', ofNeuron), read('threshold', ofNeuron), read('signal', ofNeuron), read('spikes', ofNeuron),
    'neuron' in subject ? null : read('eligibility', arrayName(subject)),
  ])
  if (!membrane || !threshold || !signal || !spikes) return { epoch, neuron: null, synapse: null }
  const neuron: NeuronTraces = {
    neuron: number, membrane: timeSeriesOf(membrane), threshold: timeSeriesOf(threshold), signal: timeSeriesOf(signal),
    spikes: spikes as Uint16Array,
  }
  if (!eligibility || 'neuron' in subject || !isTracedSynapse(subject)) return { epoch, neuron, synapse: null }
  const place = { layer: subject.layer, neuron: number, presynaptic: subject.from }
  const connected = selfConnected || !isSelfConnection(place)
  return { epoch, neuron, synapse: { ...neuron, ...place, connected, eligibility: timeSeriesOf(eligibility), gradient: null } }
}

/** What became of a synapse in each epoch, parallel arrays, [epochs]. */
export type SynapseUpdates = { synapse: RecordedSynapse; epochs: number[] }
  & Record<(typeof changeParts)[number], number[]>
  /** Null for digital weights. */
  & { pulses: Record<(typeof pulseParts)[number], number[]> | null }

/** Reads the updates of a synapse in all epochs; null if there are none. */
export async function readUpdates<Info extends StoredArray>(
  arrays: readonly Info[], synapse: RecordedSynapse, load: Load<Info>,
): Promise<SynapseUpdates | null> {
  const infosOf = (kind: string) => arrays
    .filter((one) => one.kind === `${RECORDED}${kind}` && one.name === arrayName(synapse)).sort((a, b) => a.epoch - b.epoch)
  const [changes, pulses] = [infosOf('change'), infosOf('pulses')]
  if (changes.length === 0) return null
  const rowsOf = async (infos: readonly Info[]) => Promise.all(infos.map(async (info) => (await load(info)).data))
  const epochs = changes.flatMap(({ epoch, shape: [rows = 0] }) =>
    Array.from({ length: rows }, (_, row) => epoch - rows + 1 + row))
  return {
    synapse, epochs, ...columnsOf(changeParts, await rowsOf(changes)),
    pulses: pulses.length > 0 ? columnsOf(pulseParts, await rowsOf(pulses)) : null,
  }
}

/** Columns by their names. @param pieces each [rows][names] */
function columnsOf<Name extends string>(names: readonly Name[], pieces: readonly Numbers[]): Record<Name, number[]> {
  const columnOf = (at: number) => pieces.flatMap((piece) => Array.from(piece).filter((_, place) => place % names.length === at))
  return Object.fromEntries(names.map((name, at) => [name, columnOf(at)])) as Record<Name, number[]>
}
