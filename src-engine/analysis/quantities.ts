import { hasSelfConnections } from '../experiment/layers.ts'
import { weightsOf } from './weight-map.ts'

/** Arrays of one layer in one snapshot, as far as it has them. */
export interface LayerSnapshot {
  epoch: number
  /** Name of the layer. */
  layer: string
  post: number
  pre: number
  /** Device pairs per synapse; 0 for digital weights. */
  pairs: number
  /** By kind: weights are [post][pre], all others [post][pre][pair][G⁺, G⁻]. */
  arrays: Readonly<Record<string, ArrayLike<number>>>
}

/** Which of the devices of a synapse, and µS per unit of weight. */
interface Place {
  pair: number
  scale: number
}

/** What a snapshot tells of every synapse. */
interface QuantityKind {
  id: string
  title: string
  unit?: string
  /** Arrays of devices that it needs. */
  devices: readonly string[]
  /** Whether digital weights have it too. */
  isDigital: boolean
  /** Whether 0 is in the middle of its values. */
  isSigned: boolean
  /** Whether it is a number of pulses. */
  isCount: boolean
  /** Value of one pair. @param at index of G⁺; G⁻ follows */
  of(arrays: LayerSnapshot['arrays'], at: number): number
}

const kinds = [
  {
    id: 'weight', title: 'Weight', devices: ['conductance'], isDigital: true, isSigned: true, isCount: false,
    of: ({ conductance }, at) => conductance![at]! - conductance![at + 1]!,
  },
  {
    id: 'plus', title: 'G⁺', unit: 'µS', devices: ['conductance'], isDigital: false, isSigned: false, isCount: false,
    of: ({ conductance }, at) => conductance![at]!,
  },
  {
    id: 'minus', title: 'G⁻', unit: 'µS', devices: ['conductance'], isDigital: false, isSigned: false, isCount: false,
    of: ({ conductance }, at) => conductance![at + 1]!,
  },
  {
    id: 'pulses', title: 'Pulses', devices: ['pulses.set', 'pulses.reset'],
    isDigital: false, isSigned: false, isCount: true,
    of: (arrays, at) => countOf(arrays, 'pulses.set', at) + countOf(arrays, 'pulses.reset', at),
  },
  {
    id: 'wear', title: 'Wear', unit: 'RESETs', devices: ['pulses.reset'], isDigital: false, isSigned: false, isCount: true,
    of: ({ 'pulses.reset': resets }, at) => Math.max(resets![at]!, resets![at + 1]!),
  },
  {
    id: 'age', title: 'Age', unit: 's', devices: ['age'], isDigital: false, isSigned: false, isCount: false,
    of: ({ age }, at) => Math.max(age![at]!, age![at + 1]!),
  },
] as const satisfies readonly QuantityKind[]

/** Of both devices of a pair. */
const countOf = (arrays: LayerSnapshot['arrays'], kind: string, at: number) => arrays[kind]![at]! + arrays[kind]![at + 1]!

export type Quantity = typeof kinds[number]['id']
export const quantities: readonly (QuantityKind & { id: Quantity })[] = kinds
export const quantityIds = kinds.map(({ id }) => id) as [Quantity, ...Quantity[]]
export const quantityOf = (id: Quantity) => quantities.find((one) => one.id === id)!

/** Kinds of the arrays to read for a quantity. Conductances tell which self-connections are absent. */
export const kindsFor = (id: Quantity, pairs: number): readonly string[] =>
  (pairs === 0 ? ['weight'] : [...new Set(['conductance', ...quantityOf(id).devices])])

/** Why a snapshot does not have a quantity; null if it has. @param stored kinds of its arrays of the layer */
export function whyNoQuantity(id: Quantity, stored: readonly string[]): string | null {
  const { isDigital, devices } = quantityOf(id)
  if (stored.length === 0) return 'This snapshot has no arrays of this layer.'
  if (stored.includes('weight')) return isDigital ? null : 'Digital weights have no devices.'
  if (devices.every((kind) => stored.includes(kind))) return null
  if (id === 'age') return 'This snapshot has no ages: its devices do not drift, or an earlier version saved it.'
  return 'This snapshot does not include pulse counts. An earlier version saved it.'
}

/** A quantity of every synapse, [post][pre]. Absent self-connections are NaN. Null if an array is missing. */
export function valuesOf(id: Quantity, snapshot: LayerSnapshot, { pair, scale }: Place): Float64Array | null {
  const { layer, post, pre, pairs, arrays } = snapshot
  const needed = pairs === 0 ? ['weight'] : quantityOf(id).devices
  if (!needed.every((kind) => kind in arrays)) return null
  if (id === 'weight') return Float64Array.from(weightsOf(arrayOf(snapshot), scale))
  if (pair >= pairs) return null
  const { of } = quantityOf(id)
  const masked = hasSelfConnections(layer)
  return Float64Array.from({ length: post * pre }, (_, synapse) => {
    const at = 2 * (synapse * pairs + pair)
    const isAbsent = masked && synapse % (pre + 1) === 0 && Number.isNaN(arrays.conductance?.[at])
    return isAbsent ? NaN : of(arrays, at)
  })
}

const arrayOf = ({ layer, post, pre, pairs, arrays }: LayerSnapshot) => (pairs === 0
  ? { kind: 'weight', name: layer, shape: [post, pre], data: arrays.weight! }
  : { kind: 'conductance', name: layer, shape: [post, pre, pairs, 2], data: arrays.conductance! })
