import { exp } from '../kernels/elementary.ts'
import type { Kernels, Numbers, ReadLaw } from '../kernels/kernels.ts'
import { driftFactor, withReadNoise } from '../kernels/read.ts'
import type { Block } from '../kernels/threefry.ts'
import { Stream } from '../random/stream.ts'
import type { DeviceDocument, Response } from '../experiment/devices/document.ts'

/** Operations that the ledger counts. A refresh is counted in addition to the RESETs and SETs it consists of. */
export const pulseKinds = ['set', 'reset', 'refresh', 'read'] as const
export type PulseKind = (typeof pulseKinds)[number]

/** Operation counts of each device, [devices]. They only grow. */
export type DeviceLedger = Readonly<Record<PulseKind, Uint32Array>>

/** READ law of a device. Without drift the exponent is 0. */
export const readLawOf = ({ read, drift, bounds }: DeviceDocument): ReadLaw => ({
  exponent: drift?.exponent ?? 0,
  referenceAge: drift?.referenceAge ?? 1,
  noiseSlope: read.slope,
  noiseOffset: read.offset,
  smallest: bounds.smallest,
  largest: bounds.largest,
})

/**
 * Memory devices in differential pairs: device 2p is G⁺ of pair p, and device 2p + 1 is its G⁻.
 * Conductances are in µS. Times are in seconds since the experiment began.
 */
export class DeviceArray {
  /** Programmed conductance, free of drift and READ noise, [devices]. */
  readonly conductance: Numbers
  readonly ledger: DeviceLedger
  /** Drift and noise that a READ shows. */
  readonly readLaw: ReadLaw
  /** Live views of all state that a checkpoint needs besides the ledger. */
  readonly state: Readonly<Record<string, Numbers>>
  /** Pulse memory P: 1 after a RESET, decays with each SET. Null if the device has none. */
  readonly #memory: Numbers | null
  /** Time of the last SET or RESET, s, [devices]. Null if the device does not drift. */
  readonly programmedAt: Float64Array | null
  /** Smallest age that the drift law takes, s. */
  readonly youngest: number
  readonly #document: DeviceDocument
  /** Parts that every SET needs. */
  readonly #mean: Response
  readonly #deviation: Response
  readonly #bounds: DeviceDocument['bounds']
  /** Factor of the pulse memory P for a whole SET. */
  readonly #wholeDecay: number
  readonly #isWriteNoisy: boolean
  readonly #isReadNoisy: boolean
  readonly #seed: number
  readonly #array: number
  readonly #setNoise: Stream
  readonly #resetNoise: Stream
  #readNoise: Stream
  #summedReadNoise: Stream
  readonly #normals = new Float64Array(2)

  /** @param array index of the crossbar; it gives each crossbar its own random streams */
  constructor(devices: number, document: DeviceDocument, seed: number, array: number, { Numbers }: Pick<Kernels, 'Numbers'>) {
    const { set, read, drift, bounds } = document
    this.#document = document
    this.#mean = set.mean
    this.#deviation = set.deviation
    this.#bounds = bounds
    this.youngest = drift?.youngest ?? 0
    this.#seed = seed
    this.#array = array
    this.#setNoise = new Stream(seed, 'SET', array)
    this.#resetNoise = new Stream(seed, 'RESET', array)
    this.#readNoise = new Stream(seed, 'READ', array, 0)
    this.#summedReadNoise = new Stream(seed, 'summed READ', array, 0)
    this.#wholeDecay = decayOf(1, set.memoryPulses)
    this.#isWriteNoisy = !isZero(set.deviation)
    this.#isReadNoisy = read.slope !== 0 || read.offset !== 0
    this.readLaw = readLawOf(document)
    this.ledger = newLedger(devices)
    this.conductance = new Numbers(devices)
    this.#memory = set.memoryPulses === null ? null : new Numbers(devices).fill(1)
    this.programmedAt = drift && new Float64Array(devices)
    this.#drawStart()
    this.state = {
      conductance: this.conductance,
      ...(this.#memory && { memory: this.#memory }),
      ...(this.programmedAt && { programmedAt: this.programmedAt }),
    }
  }

  /** Key of this sequence's READ noise. */
  get readKey(): Readonly<Block> {
    return this.#readNoise.key
  }

  /** Key of this sequence's draws for sums of READs. */
  get sumKey(): Readonly<Block> {
    return this.#summedReadNoise.key
  }

  /** Selects the READ noise of this sequence for the READs that follow. @param sequence from 1 */
  beginSequence(sequence: number): void {
    this.#readNoise = new Stream(this.#seed, 'READ', this.#array, sequence)
    this.#summedReadNoise = new Stream(this.#seed, 'summed READ', this.#array, sequence)
  }

  /**
   * Fires one SET: P ← P·exp(−f/memoryPulses), then G ← clip(G + N(f·μ, √f·σ)), where μ and σ use the decayed P.
   * @param share fraction f of a whole pulse, in (0, 1]; any fraction counts as one SET
   */
  set(device: number, now: number, share = 1): void {
    const before = this.conductance[device]!
    const memory = this.#decayMemory(device, share)
    let jump = share * responseAt(this.#mean, before, memory)
    if (this.#isWriteNoisy) {
      const normal = this.#setNoise.normal(device, this.ledger.set[device]!)
      jump += Math.sqrt(share) * responseAt(this.#deviation, before, memory) * normal
    }
    this.conductance[device] = clamp(before + jump, this.#bounds.smallest, this.#bounds.largest)
    if (this.programmedAt) this.programmedAt[device] = now
    this.ledger.set[device]! += 1
  }

  /** Fires one RESET: G ← N(mean, deviation), at least the smallest G of a RESET. */
  reset(device: number, now: number): void {
    const { reset: { mean, deviation, smallest }, bounds } = this.#document
    const noise = deviation === 0 ? 0 : deviation * this.#resetNoise.normal(device, this.ledger.reset[device]!)
    this.conductance[device] = clamp(mean + noise, smallest, bounds.largest)
    if (this.#memory) this.#memory[device] = 1
    if (this.programmedAt) this.programmedAt[device] = now
    this.ledger.reset[device]! += 1
  }

  /** Time since the device was last programmed, s. Never below the smallest age of the drift law; Infinity without drift. */
  ageAt(device: number, now: number): number {
    return this.programmedAt ? Math.max(now - this.programmedAt[device]!, this.youngest) : Infinity
  }

  /**
   * READs both devices of a pair into `into[0]` (G⁺) and `into[1]` (G⁻), µS.
   * @param readIndex index of the READ within the sequence; its noise depends on it
   */
  readPair(pair: number, now: number, readIndex: number, into: Float64Array): void {
    const plus = 2 * pair
    this.ledger.read[plus]! += 1
    this.ledger.read[plus + 1]! += 1
    if (this.#isReadNoisy) this.#readNoise.normalPair(pair, readIndex, this.#normals)
    into[0] = this.#observed(plus, now, this.#normals[0]!)
    into[1] = this.#observed(plus + 1, now, this.#normals[1]!)
  }

  #drawStart(): void {
    const { start: { mean, deviation, smallest }, bounds } = this.#document
    const draws = new Stream(this.#seed, 'initial conductance', this.#array)
    for (let device = 0; device < this.conductance.length; device++) {
      this.conductance[device] = clamp(mean + deviation * draws.normal(device, 0), smallest, bounds.largest)
    }
  }

  /** P after a SET, in float64; 0 for a device without memory. */
  #decayMemory(device: number, share: number): number {
    if (this.#memory === null) return 0
    const decay = share === 1 ? this.#wholeDecay : decayOf(share, this.#document.set.memoryPulses)
    const memory = this.#memory[device]! * decay
    this.#memory[device] = memory
    return memory
  }

  #observed(device: number, now: number, normal: number): number {
    const { exponent, referenceAge } = this.readLaw
    const drift = exponent === 0 ? 1 : driftFactor(this.ageAt(device, now) / referenceAge, exponent)
    return withReadNoise(this.conductance[device]! * drift, normal, this.readLaw)
  }
}

const newLedger = (devices: number) =>
  Object.fromEntries(pulseKinds.map((kind) => [kind, new Uint32Array(devices)])) as DeviceLedger

const responseAt = ({ slope, offset, memory }: Response, conductance: number, pulseMemory: number) =>
  slope * conductance + offset + memory * pulseMemory

const isZero = ({ slope, offset, memory }: Response) => slope === 0 && offset === 0 && memory === 0

const decayOf = (share: number, memoryPulses: number | null) => (memoryPulses === null ? 1 : exp(-share / memoryPulses))

const clamp = (x: number, low: number, high: number) => (x < low ? low : x > high ? high : x)
