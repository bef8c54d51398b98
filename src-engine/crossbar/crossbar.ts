import type { DeviceArray } from '../device/device-array.ts'
import { PcmArray } from '../device/pcm.ts'
import { PerformanceArray } from '../device/performance.ts'
import { bytesOf, type DeviceColumns, type Kernels, type Numbers, type Reading, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Presentation, Synapses } from '../network/synapses.ts'
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
  kernels: Kernels
}

/** Moments from here on are estimates between two sequences, numbered by the pair's READs so far. */
const BETWEEN_SEQUENCES = 2 ** 31

/** Devices this many times as old as a sequence is long drift by a short series within it. */
const SETTLED = 32

/**
 * A differential crossbar: synapse (post j, pre i) is number j·pre + i and holds `pairs` pairs;
 * its weight is (ΣG⁺ − ΣG⁻)/scale. Devices in the order [post][pre][pair][G⁺, G⁻].
 */
export class Crossbar implements Synapses {
  readonly post: number
  readonly pre: number
  readonly pairs: number
  readonly devices: DeviceArray
  readonly scale: number
  /** Whether its devices take whole pulses only. */
  readonly granular: boolean
  readonly #selfConnected: boolean
  readonly #kernels: Kernels
  readonly #columns: DeviceColumns
  readonly #reading: Reading
  readonly #pair = new Float64Array(2)
  #secondsPerStep = 0

  constructor({ post, pre, pairs, device, seed, array, selfConnected, kernels }: CrossbarOptions) {
    const count = 2 * post * pre * pairs
    this.post = post
    this.pre = pre
    this.pairs = pairs
    this.scale = device.scale
    this.granular = device.granularity
    this.#selfConnected = selfConnected
    this.#kernels = kernels
    const Devices = device.model === 'pcm' ? PcmArray : PerformanceArray
    this.devices = new Devices(count, device, seed, array, kernels)
    const stride = strideOf(post)
    this.#columns = {
      post, pre, pairs, stride, masked: !selfConnected,
      conductance: kernels.numbers(2 * pairs * pre * stride),
      perAge: kernels.numbers(2 * pairs * pre * stride).fill(1),
      reads: kernels.counts(pre),
    }
    this.#reading = { key0: 0, key1: 0, perConductance: 1 / device.scale, settled: false, seconds: 0, readIndex: 0 }
  }

  /** Bytes that a crossbar takes of the kernels' memory. */
  static bytes(post: number, pre: number, pairs: number): number {
    return 2 * bytesOf(2 * pairs * pre * strideOf(post)) + bytesOf(pre)
  }

  beginSequence({ sequence, presentedAt, secondsPerStep, steps }: Presentation): void {
    this.devices.beginSequence(sequence)
    this.#secondsPerStep = secondsPerStep
    this.#reading.key0 = this.devices.readKey.first
    this.#reading.key1 = this.devices.readKey.second
    this.#reading.settled = this.#layOut(presentedAt) >= SETTLED * steps * secondsPerStep
    this.#kernels.startDrift(this.#columns, this.devices.readLaw)
    this.#columns.reads.fill(0)
  }

  addSpikes(spikes: Raster, step: number, readAt: number, current: Numbers): void {
    this.#reading.readIndex = readAt
    this.#reading.seconds = readAt * this.#secondsPerStep
    this.#kernels.readColumns(spikes, step, this.#columns, this.devices.readLaw, this.#reading, current)
  }

  /** Enters the READs of the sequence into the ledger: those of a column are the same for all its devices. */
  endSequence(): void {
    const { read } = this.devices.ledger
    const { reads } = this.#columns
    const perSynapse = 2 * this.pairs
    for (let synapse = 0, device = 0; device < read.length; synapse++) {
      const count = this.connected(synapse) ? reads[synapse % this.pre] : 0
      for (let k = 0; k < perSynapse; k++) read[device++] += count
    }
  }

  /** Whether the synapse has devices. */
  connected(synapse: number): boolean {
    return this.#selfConnected || synapse % (this.pre + 1) !== 0
  }

  /** What an update knows of G⁺ − G⁻ of a pair, µS: by the stored conductances, or by a READ. */
  estimateDifference(pair: number, now: number, by: 'stored' | 'read'): number {
    if (by === 'stored') return this.devices.conductance[2 * pair] - this.devices.conductance[2 * pair + 1]
    this.devices.readPair(pair, now, BETWEEN_SEQUENCES + this.devices.ledger.read[2 * pair], this.#pair)
    return this.#pair[0] - this.#pair[1]
  }

  /** RESETs every device of the self-connections, as the public code does before each sequence. */
  resetDiagonal(now: number): void {
    for (let neuron = 0; neuron < this.post; neuron++) {
      const first = 2 * this.pairs * (neuron * this.pre + neuron)
      for (let device = first; device < first + 2 * this.pairs; device++) this.devices.reset(device, now)
    }
  }

  /** Copies conductances and ages into columns, from [post][pre][pair][2]; the youngest age, s. */
  #layOut(now: number): number {
    const { conductance, perAge, stride, post, pre, pairs } = this.#columns
    let youngest = Infinity
    for (let j = 0, device = 0; j < post; j++) {
      for (let k = j; k < 2 * pairs * pre * stride; k += stride, device++) {
        conductance[k] = this.devices.conductance[device]
        const age = this.devices.ageAt(device, now)
        perAge[k] = 1 / age
        if (age < youngest) youngest = age
      }
    }
    return youngest
  }
}
