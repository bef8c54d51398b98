/** Pulses and READs of each device; these only ever grow. */
export interface DeviceLedger {
  readonly set: Uint32Array
  readonly reset: Uint32Array
  readonly refresh: Uint32Array
  readonly read: Uint32Array
}

/**
 * Memory devices in a row, in differential pairs: device 2p is G⁺ of pair p, device 2p + 1 its G⁻.
 * Conductances in µS, moments in seconds since the experiment began.
 */
export interface DeviceArray {
  /** Programmed conductance, free of drift and READ noise, [devices]. */
  readonly conductance: Float64Array
  readonly ledger: DeviceLedger
  /** Draws of the READs that follow belong to this sequence. */
  beginSequence(sequence: number): void
  set(device: number, now: number): void
  reset(device: number, now: number): void
  /** READs both devices of a pair into `into[0]` (G⁺) and `into[1]` (G⁻); `moment` numbers the READs of a sequence. */
  readPair(pair: number, now: number, moment: number, into: Float64Array): void
  /** Live views of everything a restored array needs, beside the ledger. */
  readonly state: Readonly<Record<string, Float64Array>>
}

export function newLedger(devices: number): DeviceLedger {
  return {
    set: new Uint32Array(devices),
    reset: new Uint32Array(devices),
    refresh: new Uint32Array(devices),
    read: new Uint32Array(devices),
  }
}

export const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x)
