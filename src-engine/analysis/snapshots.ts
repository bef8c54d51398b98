import { type DyadicHistogram, dyadicHistogram } from './dyadic-histogram.ts'
import { kindsFor, type LayerSnapshot, type Quantity, quantityOf, valuesOf } from './quantities.ts'
import type { StoredArray } from './stored-record.ts'

type Numbers = Float32Array | Uint16Array | Uint32Array
/** Elements of a stored array, or a message that says how they are damaged. */
export type Loaded = { data: Numbers } | { damage: string }
export type LoadArray<Info> = (info: Info) => Promise<Loaded>

/** A layer in one snapshot, and what could not be read of it. */
export interface ReadLayer {
  snapshot: LayerSnapshot
  damages: string[]
}

/** The kinds of arrays that a snapshot has of a layer. */
export const kindsOf = (arrays: readonly StoredArray[], epoch: number, layer: string): string[] =>
  arrays.flatMap((info) => (info.epoch === epoch && info.name === layer ? [info.kind] : []))

/** Device pairs per synapse of a run; 0 for digital weights. */
export const pairsIn = (arrays: readonly StoredArray[]): number =>
  arrays.find(({ kind }) => kind === 'conductance')?.shape[2] ?? 0

interface Wanted {
  epoch: number
  layer: string
  kinds: readonly string[]
}

/** Reads arrays of one layer of a snapshot. Null if the snapshot has none of these kinds. */
export async function readLayer<Info extends StoredArray>(
  arrays: readonly Info[], { epoch, layer, kinds }: Wanted, load: LoadArray<Info>,
): Promise<ReadLayer | null> {
  const infos = arrays.filter((info) => info.epoch === epoch && info.name === layer && kinds.includes(info.kind))
  if (infos.length === 0) return null
  const loaded = await Promise.all(infos.map(load))
  const [post = 0, pre = 0, pairs = 0] = infos[0]!.shape
  const read = infos.flatMap(({ kind }, index) => ('data' in loaded[index]! ? [[kind, loaded[index].data] as const] : []))
  return {
    snapshot: { epoch, layer, post, pre, pairs, arrays: Object.fromEntries(read) },
    damages: loaded.flatMap((each) => ('damage' in each ? [each.damage] : [])),
  }
}

/** A synapse of a layer. Neurons are counted from 0. */
export interface Synapse {
  layer: string
  post: number
  pre: number
}

/** One synapse in one snapshot. */
export interface SynapseState {
  epoch: number
  /** By kind of array: the digital weight alone, or a value of each device, [pair][G⁺, G⁻]. Those that cannot be read are absent. */
  values: Record<string, number[]>
}

const HISTORY = ['weight', 'conductance', 'pulses.set', 'pulses.reset', 'pulses.refresh']

/** A synapse in snapshots. Null for a snapshot that does not have its layer. */
export async function readHistory<Info extends StoredArray>(
  arrays: readonly Info[], epochs: readonly number[], { layer, post, pre }: Synapse, load: LoadArray<Info>,
): Promise<SynapseState[]> {
  const states: SynapseState[] = []
  for (const epoch of epochs) {
    const read = await readLayer(arrays, { epoch, layer, kinds: HISTORY }, load)
    if (read !== null) states.push({ epoch, values: stateOf(read.snapshot, post, pre) })
  }
  return states
}

function stateOf(snapshot: LayerSnapshot, post: number, pre: number): SynapseState['values'] {
  if (post >= snapshot.post || pre >= snapshot.pre) return {}
  const each = Math.max(1, 2 * snapshot.pairs)
  const first = (post * snapshot.pre + pre) * each
  const valuesIn = (data: ArrayLike<number>) => Array.from({ length: each }, (_, k) => data[first + k]!)
  return Object.fromEntries(Object.entries(snapshot.arrays).map(([kind, data]) => [kind, valuesIn(data)]))
}

/** What is counted, of which devices. */
export interface Counted {
  layer: string
  quantity: Quantity
  pair: number
  /** µS per unit of weight. */
  scale: number
}

/** A distribution in one snapshot; null if its arrays are damaged. */
export interface SnapshotHistogram {
  epoch: number
  histogram: DyadicHistogram | null
}

/** Distribution of a quantity in snapshots. Snapshots without it are left out. */
export async function readHistograms<Info extends StoredArray>(
  arrays: readonly Info[], epochs: readonly number[], { layer, quantity, pair, scale }: Counted, load: LoadArray<Info>,
): Promise<SnapshotHistogram[]> {
  const kinds = kindsFor(quantity, pairsIn(arrays))
  const found: SnapshotHistogram[] = []
  for (const epoch of epochs) {
    const read = await readLayer(arrays, { epoch, layer, kinds }, load)
    if (read === null) continue
    const values = valuesOf(quantity, read.snapshot, { pair, scale })
    found.push({ epoch, histogram: values && dyadicHistogram(values, quantityOf(quantity).isCount ? 1 : undefined) })
  }
  return found
}
