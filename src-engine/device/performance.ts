import type { Kernels, Numbers, ReadLaw } from '../kernels/kernels.ts'
import type { Block } from '../kernels/threefry.ts'
import type { DeviceSpec } from '../spec/spec.ts'
import { clamp, type DeviceArray, newLedger } from './device-array.ts'
import { pcm, readLawOf } from './pcm.ts'
import { startConductances } from './start.ts'

/**
 * "Performance mode": a pulse moves G by G_max/2^bits (a share of one by that share), and a READ shows G: no noise, no drift.
 * Only where devices start is drawn, as it is for PCM devices of the same seed.
 */
export class PerformanceArray implements DeviceArray {
  readonly conductance: Numbers
  readonly ledger
  readonly state
  readonly readLaw: ReadLaw
  /** No READ draws. */
  readonly readKey: Block = { first: 0, second: 0 }
  readonly #spec: DeviceSpec
  readonly #step: number

  /** @param array tells the draws of one crossbar from those of another. */
  constructor(devices: number, spec: DeviceSpec, seed: number, array: number, { Numbers }: Pick<Kernels, 'Numbers'>) {
    this.#spec = spec
    this.#step = spec.maxConductance / 2 ** spec.bits
    this.readLaw = readLawOf({ ...spec, drift: false, readNoise: false })
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

  /** Without drift every age is the same. */
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
