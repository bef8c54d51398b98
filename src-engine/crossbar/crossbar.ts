import { DeviceArray } from '../device/device-array.ts'
import { bytesOf, type DeviceColumns, type Kernels, type Numbers, type Reading, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Presentation, Synapses } from '../network/synapses.ts'
import type { DeviceDocument } from '../experiment/devices/document.ts'
import { documentOf } from '../experiment/devices/registry.ts'
import type { DeviceSpec } from '../experiment/spec.ts'
import { SummedReads } from './summed-reads.ts'

export interface CrossbarOptions {
  /** Number of postsynaptic neurons. */
  post: number
  /** Number of presynaptic neurons or input channels. */
  pre: number
  /** Differential pairs per synapse. */
  pairs: number
  device: DeviceSpec
  /** Parts of the devices. By default those of the spec's model. */
  document?: DeviceDocument
  seed: number
  /** Index of the crossbar. It gives each crossbar its own random streams. */
  array: number
  /** False if self-connections (i → i) have no devices. */
  selfConnected: boolean
  kernels: Kernels
}

/**
 * First READ index of estimates between sequences; the pair's READ count so far is added to it. READs within a sequence use the
 * step as their index, so the two never share a draw.
 */
const BETWEEN_SEQUENCES = 2 ** 31

/** If every device is at least this many times as old as the sequence is long, a short series gives the drift within it. */
const SETTLED = 32

/**
 * A differential crossbar. Synapse (post j, pre i) has index j·pre + i and consists of `pairs` device pairs.
 * Its weight is (ΣG⁺ − ΣG⁻)/scale. Devices are in the order [post][pre][pair][G⁺, G⁻].
 */
export class Crossbar implements Synapses {
  readonly post: number
  readonly pre: number
  readonly pairs: number
  readonly devices: DeviceArray
  /** µS per unit of weight. */
  readonly scale: number
  /** Estimate ε of the change by one SET, µS, for schemes that do not set their own. */
  readonly smallestJump: number
  /** Whether the devices accept only whole pulses. */
  readonly granular: boolean
  readonly #selfConnected: boolean
  readonly #kernels: Kernels
  readonly #columns: DeviceColumns
  readonly #reading: Reading
  /** Null if every READ has its own draw. */
  readonly #summed: SummedReads | null
  readonly #pair = new Float64Array(2)
  #secondsPerStep = 0

  /** @throws RangeError if there is no such device model */
  constructor({ post, pre, pairs, device, document = documentOf(device), seed, array, selfConnected, kernels }: CrossbarOptions) {
    const count = 2 * post * pre * pairs
    this.post = post
    this.pre = pre
    this.pairs = pairs
    this.scale = device.scale
    this.smallestJump = document.set.smallestJump
    this.granular = device.granularity
    this.#selfConnected = selfConnected
    this.#kernels = kernels
    this.devices = new DeviceArray(count, document, seed, array, kernels)
    const stride = strideOf(post)
    this.#columns = {
      post, pre, pairs, stride, masked: !selfConnected,
      conductance: kernels.numbers(2 * pairs * pre * stride),
      perAge: kernels.numbers(2 * pairs * pre * stride).fill(1),
      reads: kernels.counts(pre),
    }
    this.#reading = { key0: 0, key1: 0, perConductance: 1 / device.scale, settled: false, seconds: 0, readIndex: 0 }
    this.#summed = document.read.summed ? new SummedReads(this.#columns, this.devices.readLaw, kernels) : null
  }

  /** Bytes of kernel memory that a crossbar needs. */
  static bytes(post: number, pre: number, pairs: number, summed = false): number {
    return 2 * bytesOf(2 * pairs * pre * strideOf(post)) + bytesOf(pre) + (summed ? SummedReads.bytes(post, pre) : 0)
  }

  beginSequence({ sequence, presentedAt, secondsPerStep, steps }: Presentation): void {
    const length = steps * secondsPerStep
    this.devices.beginSequence(sequence)
    const key = this.#summed ? this.devices.sumKey : this.devices.readKey
    const youngest = this.#fillColumns(presentedAt)
    this.#secondsPerStep = secondsPerStep
    this.#reading.key0 = key.first
    this.#reading.key1 = key.second
    this.#reading.settled = youngest >= SETTLED * length
    this.#kernels.startDrift(this.#columns, this.devices.readLaw)
    this.#summed?.begin({ length, youngest, settled: this.#reading.settled })
    this.#columns.reads.fill(0)
  }

  addSpikes(spikes: Raster, step: number, readAt: number, current: Numbers): void {
    this.#reading.readIndex = readAt
    this.#reading.seconds = readAt * this.#secondsPerStep
    if (this.#summed) this.#summed.addSpikes(spikes, step, this.#reading, current)
    else this.#kernels.readColumns(spikes, step, this.#columns, this.devices.readLaw, this.#reading, current)
  }

  /** Adds the READs of the sequence to the ledger. All devices of a column are READ equally often. */
  endSequence(): void {
    const { read } = this.devices.ledger
    const { reads, masked } = this.#columns
    const perSynapse = 2 * this.pairs
    for (let j = 0, device = 0; j < this.post; j++) {
      for (let i = 0; i < this.pre; i++) {
        const count = masked && i === j ? 0 : reads[i]!
        for (let k = 0; k < perSynapse; k++) read[device++]! += count
      }
    }
  }

  /** Whether the synapse has devices. */
  connected(synapse: number): boolean {
    return this.#selfConnected || synapse % (this.pre + 1) !== 0
  }

  /** Estimate of G⁺ − G⁻ of a pair for an update, µS: from the stored conductances, or from a READ at time `now` (s). */
  estimateDifference(pair: number, now: number, by: 'stored' | 'read'): number {
    if (by === 'stored') return this.devices.conductance[2 * pair]! - this.devices.conductance[2 * pair + 1]!
    this.devices.readPair(pair, now, BETWEEN_SEQUENCES + this.devices.ledger.read[2 * pair]!, this.#pair)
    return this.#pair[0]! - this.#pair[1]!
  }

  /** RESETs every device of the self-connections, as the public code does before each sequence. @param now s */
  resetDiagonal(now: number): void {
    for (let neuron = 0; neuron < this.post; neuron++) {
      const first = 2 * this.pairs * (neuron * this.pre + neuron)
      for (let device = first; device < first + 2 * this.pairs; device++) this.devices.reset(device, now)
    }
  }

  /** Copies conductances and ages from [post][pre][pair][2] into the columns. Returns the smallest age, s. */
  #fillColumns(now: number): number {
    const { conductance, perAge, stride, post, pre, pairs } = this.#columns
    // Every device has its turn here in every sequence, so the loop makes no calls.
    const { conductance: programmed, programmedAt, youngest: smallestAge } = this.devices
    let youngest = Infinity
    for (let j = 0, device = 0; j < post; j++) {
      for (let k = j; k < 2 * pairs * pre * stride; k += stride, device++) {
        conductance[k] = programmed[device]!
        const age = programmedAt ? Math.max(now - programmedAt[device]!, smallestAge) : Infinity
        perAge[k] = 1 / age
        if (age < youngest) youngest = age
      }
    }
    return youngest
  }
}
