import type { Numbers, ReadLaw } from '../kernels/kernels.ts'
import type { Block } from '../kernels/threefry.ts'

/** Operations that the ledger counts. A refresh is counted in addition to the RESETs and SETs it consists of. */
export const pulseKinds = ['set', 'reset', 'refresh', 'read'] as const
export type PulseKind = (typeof pulseKinds)[number]

/** Operation counts of each device, [devices]. They only grow. */
export type DeviceLedger = Readonly<Record<PulseKind, Uint32Array>>

/**
 * Memory devices in differential pairs: device 2p is G⁺ of pair p, and device 2p + 1 is its G⁻.
 * Conductances are in µS. Times are in seconds since the experiment began.
 */
export interface DeviceArray {
  /** Programmed conductance, free of drift and READ noise, [devices]. */
  readonly conductance: Numbers
  readonly ledger: DeviceLedger
  /** Drift and noise that a READ shows. */
  readonly readLaw: ReadLaw
  /** Key of this sequence's READ noise. */
  readonly readKey: Readonly<Block>
  /** Key of this sequence's draws for sums of READs. */
  readonly sumKey: Readonly<Block>
  /** Selects the READ noise of this sequence for the READs that follow. @param sequence from 1 */
  beginSequence(sequence: number): void
  /** Fires one SET. @param share fraction of a whole pulse, in (0, 1]; any fraction counts as one SET */
  set(device: number, now: number, share?: number): void
  /** Fires one RESET. */
  reset(device: number, now: number): void
  /** Time since the device was last programmed, s. Never below the minimum age of the drift law. */
  ageAt(device: number, now: number): number
  /**
   * READs both devices of a pair into `into[0]` (G⁺) and `into[1]` (G⁻), µS.
   * @param readIndex index of the READ within the sequence; its noise depends on it
   */
  readPair(pair: number, now: number, readIndex: number, into: Float64Array): void
  /** Live views of all state that a checkpoint needs besides the ledger. */
  readonly state: Readonly<Record<string, Numbers>>
}

export const newLedger = (devices: number) =>
  Object.fromEntries(pulseKinds.map((kind) => [kind, new Uint32Array(devices)])) as DeviceLedger

export const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x)
