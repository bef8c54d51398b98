import type { Kernels, Numbers, ReadLaw } from '../kernels/kernels.ts'
import type { Block } from '../kernels/threefry.ts'
import type { DeviceSpec } from '../experiment/spec.ts'
import { clamp, type DeviceArray, newLedger } from './device-array.ts'
import { pcm, readLawOf } from './pcm.ts'
import { startConductances } from './start.ts'

/**
 * Devices in "performance mode". A SET moves G by G_max/2^bits, and a fraction of a SET by that fraction of it. A READ shows G.
 * There is no noise and no drift. Only the initial conductances are random, and they equal those of PCM devices with the same seed.
 */
export class PerformanceArray implements DeviceArray {
  readonly conductance: Numbers
  readonly ledger
  readonly state
  readonly readLaw: ReadLaw
  /** Unused: a READ has no noise. */
  readonly readKey: Block = { first: 0, second: 0 }
  readonly sumKey: Block = { first: 0, second: 0 }
  readonly #spec: DeviceSpec
  readonly #step: number

  /** @param array index of the crossbar; it gives each crossbar its own random streams */
  constructor(devices: number, spec: DeviceSpec, seed: number, array: number, { Numbers }: Pick<Kernels, 'Numbers'>) {
    this.#spec = spec
    this.#step = spec.maxConductance / 2 ** spec.bits
    this.readLaw = readLawOf({ ...spec, drift: false, readNoise: 'off' })
    this.ledger = newLedger(devices)
    this.conductance = new Numbers(devices)
    startConductances(this.conductance, spec, seed, array)
    this.state = { conductance: this.conductance }
  }

  beginSequence(): void {}

  set(device: number, _now: number, share = 1): void {
    this.conductance[device] = clamp(this.conductance[device] + share * this.#step, pcm.smallest, this.#spec.maxConductance)
    this.ledger.set[device] += 1
  }

  reset(device: number): void {
    this.conductance[device] = this.#spec.resetConductance
    this.ledger.reset[device] += 1
  }

  /** Without drift the age does not matter. */
  ageAt(): number {
    return pcm.referenceAge
  }

  readPair(pair: number, _now: number, _readIndex: number, into: Float64Array): void {
    const plus = 2 * pair
    this.ledger.read[plus] += 1
    this.ledger.read[plus + 1] += 1
    into[0] = this.#observed(plus)
    into[1] = this.#observed(plus + 1)
  }

  #observed(device: number): number {
    return clamp(this.conductance[device], pcm.smallest, this.#spec.maxConductance)
  }
}
