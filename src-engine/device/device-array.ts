import type { Numbers, ReadLaw } from '../kernels/kernels.ts'
import type { Block } from '../kernels/threefry.ts'

/** What can happen to a device; a refresh is counted beside the RESET and SETs it is made of. */
export const pulseKinds = ['set', 'reset', 'refresh', 'read'] as const
export type PulseKind = (typeof pulseKinds)[number]

/** Counts of each device, [devices]; these only ever grow. */
export type DeviceLedger = Readonly<Record<PulseKind, Uint32Array>>

/**
 * Memory devices in a row, in differential pairs: device 2p is G⁺ of pair p, device 2p + 1 its G⁻.
 * Conductances in µS, times in seconds since the experiment began.
 */
export interface DeviceArray {
  /** Programmed conductance, free of drift and READ noise, [devices]. */
  readonly conductance: Numbers
  readonly ledger: DeviceLedger
  /** What a READ shows. */
  readonly readLaw: ReadLaw
  /** Key of the READ noise of this sequence. */
  readonly readKey: Readonly<Block>
  /** Draws of the READs that follow belong to this sequence. */
  beginSequence(sequence: number): void
  /** @param share above 0, at most 1: of a whole pulse; any share counts as one SET. */
  set(device: number, now: number, share?: number): void
  reset(device: number, now: number): void
  /** Time since the device was last programmed, s; at least the age at which the drift law is taken to begin. */
  ageAt(device: number, now: number): number
  /** READs both devices of a pair into `into[0]` (G⁺) and `into[1]` (G⁻); `readIndex` numbers the READs of a sequence. */
  readPair(pair: number, now: number, readIndex: number, into: Float64Array): void
  /** Live views of everything a restored array needs, beside the ledger. */
  readonly state: Readonly<Record<string, Numbers>>
}

export const newLedger = (devices: number) =>
  Object.fromEntries(pulseKinds.map((kind) => [kind, new Uint32Array(devices)])) as DeviceLedger

export const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x)
