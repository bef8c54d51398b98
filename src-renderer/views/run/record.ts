import { synapseHistogram } from '../../../src-engine/analysis/synapse-histogram.ts'
import type { HistogramData } from '../../charts/histogram.ts'
import type { ArrayInfo, LiveFrame } from '../../stores/runs.ts'

/** What the charts show of one presented sequence and the devices after it. */
export interface SequenceRecord {
  epoch: number
  pattern: number
  trace: { output: Float32Array, target: Float32Array } | null
  spikes: Uint16Array | null
  histogram: HistogramData['histogram']
}

type Numbers = Float32Array | Uint16Array | Uint32Array
type Load = (info: ArrayInfo) => Promise<{ data: Numbers }>

export const snapshotEpochs = (arrays: ArrayInfo[]): number[] =>
  [...new Set(arrays.map(({ epoch }) => epoch))].sort((a, b) => a - b)

export const frameRecord = ({ epoch, pattern, output, target, spikes, histogram }: LiveFrame): SequenceRecord =>
  ({ epoch, pattern, trace: { output, target }, spikes, histogram })

/** Reads a snapshot; what was not kept of it stays null. */
export async function storedRecord(
  arrays: ArrayInfo[], epoch: number, pattern: number, maxConductance: number, load: Load,
): Promise<SequenceRecord> {
  const kept = arrays.filter((info) => info.epoch === epoch)
  const ofPattern = (kind: string) => readFirst(kept.filter((info) => info.kind === kind && info.name === `pattern-${pattern}`), load)
  const [output, target, spikes, histogram] = await Promise.all([
    ofPattern('output'), ofPattern('target'), ofPattern('spikes'), histogramOfSynapses(kept, maxConductance, load),
  ])
  const trace = output && target ? { output: output as Float32Array, target: target as Float32Array } : null
  return { epoch, pattern, trace, spikes: spikes as Uint16Array | null, histogram }
}

const readFirst = async ([info]: ArrayInfo[], load: Load) => (info ? (await load(info)).data : null)

async function histogramOfSynapses(kept: ArrayInfo[], maxConductance: number, load: Load): Promise<SequenceRecord['histogram']> {
  const infos = kept.filter(({ kind }) => kind === 'conductance' || kind === 'weight')
  const arrays = await Promise.all(infos.map(async (info) => ({ ...info, data: (await load(info)).data })))
  return synapseHistogram(arrays, maxConductance)
}
