import type { DeviceArray } from '../device/device-array.ts'
import { PcmArray } from '../device/pcm.ts'
import { PerformanceArray } from '../device/performance.ts'
import type { DeviceSpec } from '../spec/spec.ts'

export interface CrossbarOptions {
  post: number
  pre: number
  /** Differential pairs of one synapse. */
  pairs: number
  device: DeviceSpec
  seed: number
  /** Tells the draws of one crossbar from those of another. */
  array: number
  /** False where neuron i → i has no devices. */
  selfConnected: boolean
}

/** Moments from here on are estimates between two sequences, numbered by the pair's READs so far. */
const BETWEEN_SEQUENCES = 2 ** 31

/**
 * A differential crossbar: synapse (post j, pre i) is number j·pre + i and holds `pairs` pairs;
 * its weight is (ΣG⁺ − ΣG⁻)/scale. Devices in the order [post][pre][pair][G⁺, G⁻].
 */
export class Crossbar {
  readonly post: number
  readonly pre: number
  readonly pairs: number
  readonly devices: DeviceArray
  readonly scale: number
  readonly #selfConnected: boolean
  readonly #reading = new Float64Array(2)
  #presentedAt = 0
  #secondsPerStep = 0

  constructor({ post, pre, pairs, device, seed, array, selfConnected }: CrossbarOptions) {
    const count = 2 * post * pre * pairs
    this.post = post
    this.pre = pre
    this.pairs = pairs
    this.scale = device.scale
    this.#selfConnected = selfConnected
    this.devices = device.model === 'pcm' ? new PcmArray(count, device, seed, array) : new PerformanceArray(count, device)
  }

  /** Steps of the sequence that follows are READ at `presentedAt` + step·`secondsPerStep`, s. */
  beginSequence(sequence: number, presentedAt: number, secondsPerStep: number): void {
    this.devices.beginSequence(sequence)
    this.#presentedAt = presentedAt
    this.#secondsPerStep = secondsPerStep
  }

  /** Whether the synapse has devices. */
  connected(synapse: number): boolean {
    return this.#selfConnected || synapse % (this.pre + 1) !== 0
  }

  addSpike(pre: number, step: number, current: Float64Array): void {
    const now = this.#presentedAt + step * this.#secondsPerStep
    for (let j = 0, synapse = pre; j < this.post; j++, synapse += this.pre) {
      if (this.connected(synapse)) current[j] += this.#readSynapse(synapse, now, step) / this.scale
    }
  }

  /** What an update knows of G⁺ − G⁻ of a pair, µS: by the stored conductances, or by a READ. */
  estimateDifference(pair: number, now: number, by: 'stored' | 'read'): number {
    if (by === 'read') return this.#readDifference(pair, now, BETWEEN_SEQUENCES + this.devices.ledger.read[2 * pair])
    return this.devices.conductance[2 * pair] - this.devices.conductance[2 * pair + 1]
  }

  /** RESETs every device of the self-connections, as the public code does before each sequence. */
  resetDiagonal(now: number): void {
    for (let neuron = 0; neuron < this.post; neuron++) {
      const first = 2 * this.pairs * (neuron * this.pre + neuron)
      for (let device = first; device < first + 2 * this.pairs; device++) this.devices.reset(device, now)
    }
  }

  #readSynapse(synapse: number, now: number, step: number): number {
    let sum = 0
    for (let pair = synapse * this.pairs, end = pair + this.pairs; pair < end; pair++) {
      sum += this.#readDifference(pair, now, step)
    }
    return sum
  }

  #readDifference(pair: number, now: number, moment: number): number {
    this.devices.readPair(pair, now, moment, this.#reading)
    return this.#reading[0] - this.#reading[1]
  }
}
