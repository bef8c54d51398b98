import { type Histogram, histogramOf } from '../../../src-engine/analysis/histogram.ts'
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

const BINS = 60

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
  if (infos.length === 0) return null
  const values = joinedNumbers(await Promise.all(infos.map(async (info) => (await load(info)).data)))
  if (infos[0].kind === 'conductance') return { quantity: 'conductance', ...ofDevices(histogramOf(values, 0, maxConductance, BINS)) }
  const reach = largestMagnitude(values) || 1
  return { quantity: 'weight', ...histogramOf(values, -reach, reach, BINS) }
}

/** A conductance that is no number belongs to no device: a neuron has none to itself. */
const ofDevices = ({ edges, counts }: Histogram) => ({ edges, counts })

function joinedNumbers(parts: Numbers[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

const largestMagnitude = (values: Float32Array) =>
  values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0)
