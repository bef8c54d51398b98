import { hasSelfConnections } from '../experiment/layers.ts'
import { histogramOf } from './histogram.ts'

/** A saved or live array of one layer: weights [post][pre], or conductances [post][pre][pair][G⁺, G⁻] in µS. */
export interface SynapseArray {
  kind: string
  name: string
  shape: readonly number[]
  data: ArrayLike<number>
}

export interface SynapseHistogram {
  quantity: 'conductance' | 'weight'
  /** Bin edges, one more than counts. */
  edges: number[]
  /** Counts of the G⁺ devices, or of all weights. */
  counts: number[]
  /** Counts of the G⁻ devices; null for weights. */
  minus: number[] | null
  /** Number of non-finite values; they are in no bin. */
  missing: number
}

const BINS = 60

/**
 * Histogram of the conductances over [0, maxConductance] µS, with G⁺ and G⁻ apart. For a digital scheme: of all weights, over
 * ± the largest magnitude. Masked self-connections do not count as missing. Null if there are no arrays of either kind.
 */
export function synapseHistogram(arrays: readonly SynapseArray[], maxConductance: number): SynapseHistogram | null {
  const conductances = arrays.filter(({ kind }) => kind === 'conductance')
  if (conductances.length > 0) {
    const plus = joined(conductances.map((array) => everySecond(array, 0)), 0, maxConductance)
    const minus = joined(conductances.map((array) => everySecond(array, 1)), 0, maxConductance)
    return { quantity: 'conductance', ...plus, minus: minus.counts, missing: plus.missing + minus.missing }
  }
  const weights = arrays.filter(({ kind }) => kind === 'weight')
  if (weights.length === 0) return null
  const largest = largestMagnitude(weights) || 1
  return { quantity: 'weight', ...joined(weights, -largest, largest), minus: null }
}

/** One device of every pair, [post][pre][pairs]. @param first 0 for G⁺, 1 for G⁻ */
function everySecond(array: SynapseArray, first: 0 | 1): SynapseArray {
  const data = new Float32Array(array.data.length / 2)
  for (let pair = 0; pair < data.length; pair++) data[pair] = array.data[2 * pair + first]!
  return { ...array, shape: array.shape.slice(0, -1), data }
}

function joined(arrays: readonly SynapseArray[], low: number, high: number) {
  const all = histogramOf([], low, high, BINS)
  for (const array of arrays) {
    const { counts, missing } = histogramOf(array.data, low, high, BINS)
    counts.forEach((count, bin) => { all.counts[bin]! += count })
    all.missing += missing - absentIn(array)
  }
  return all
}

/** Number of NaN values that belong to masked self-connections. */
function absentIn({ name, shape: [neurons = 0, pre = 0, ...rest], data }: SynapseArray): number {
  if (!hasSelfConnections(name)) return 0
  const perSynapse = rest.reduce((product, size) => product * size, 1)
  let absent = 0
  for (let neuron = 0; neuron < neurons; neuron++) {
    const first = (neuron * pre + neuron) * perSynapse
    for (let k = first; k < first + perSynapse; k++) absent += Number(Number.isNaN(data[k]))
  }
  return absent
}

function largestMagnitude(arrays: readonly SynapseArray[]): number {
  let largest = 0
  for (const { data } of arrays) {
    for (let k = 0; k < data.length; k++) if (Number.isFinite(data[k])) largest = Math.max(largest, Math.abs(data[k]!))
  }
  return largest
}
