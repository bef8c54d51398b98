import type { LayerSnapshot } from './quantities.ts'

/** A device of a crossbar. Neurons and pairs are counted from 0. */
export interface LimitedDevice {
  post: number
  pre: number
  pair: number
  side: 'G⁺' | 'G⁻'
  /** µS */
  conductance: number
  resets: number | null
}

/** Devices that share a limit. */
export interface Found {
  count: number
  /** All of them. There may be very many, so they are listed only when they are asked for. */
  list: () => LimitedDevice[]
}

/** Why a device is named. */
export const limits = [
  { id: 'upper', title: 'Saturated' },
  { id: 'lower', title: 'At the lower end' },
  { id: 'worn', title: 'Worn' },
] as const
export type Limit = typeof limits[number]['id']

export interface LayerLimits {
  layer: string
  devices: number
  /** Null if the snapshot does not have what it needs. */
  found: Record<Limit, Found | null>
}

/** Range of conductances, µS. */
export interface Range {
  smallest: number
  largest: number
}

/** Share of the largest conductance above which a device is saturated, as in the metrics of every epoch. */
export const SATURATED = 0.9
/** Share of the range within which a device is at its lower end. A RESET leaves a device there. */
export const LOWER_END = 0.01
/** Share of the most RESETs of any device from which a device is worn. No model tells how many RESETs a device endures. */
export const WORN = 0.5

/** Devices at the ends of the range, and those with many RESETs. */
export function deviceLimits(snapshots: readonly LayerSnapshot[], { smallest, largest }: Range): LayerLimits[] {
  const most = Math.max(0, ...snapshots.map(({ arrays }) => largestOf(arrays['pulses.reset'] ?? [])))
  const bottom = smallest + LOWER_END * (largest - smallest)
  return snapshots.map((snapshot) => {
    const { layer, arrays: { conductance, 'pulses.reset': resets } } = snapshot
    const where = (values: ArrayLike<number> | undefined, isFound: IsFound) =>
      (values ? { count: countWhere(values, isFound), list: () => devicesWhere(snapshot, values, isFound) } : null)
    return {
      layer,
      devices: countWhere(conductance ?? [], (value) => !Number.isNaN(value)),
      found: {
        upper: where(conductance, (value) => value > SATURATED * largest),
        lower: where(conductance, (value) => value <= bottom),
        worn: where(resets, (count) => count > 0 && count >= WORN * most),
      },
    }
  })
}

type IsFound = (value: number) => boolean

function devicesWhere({ pre, pairs, arrays }: LayerSnapshot, values: ArrayLike<number>, isFound: IsFound): LimitedDevice[] {
  const { conductance, 'pulses.reset': resets } = arrays
  const found: LimitedDevice[] = []
  for (let device = 0; device < values.length; device++) {
    if (!isFound(values[device]!)) continue
    const pair = Math.floor(device / 2)
    const synapse = Math.floor(pair / pairs)
    found.push({
      post: Math.floor(synapse / pre), pre: synapse % pre, pair: pair % pairs, side: device % 2 === 0 ? 'G⁺' : 'G⁻',
      conductance: conductance?.[device] ?? NaN, resets: resets?.[device] ?? null,
    })
  }
  return found
}

function countWhere(values: ArrayLike<number>, isFound: IsFound): number {
  let count = 0
  for (let k = 0; k < values.length; k++) if (isFound(values[k]!)) count += 1
  return count
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let k = 0; k < values.length; k++) if (values[k]! > largest) largest = values[k]!
  return largest
}
