import { bytesOf, type Kernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'

/** Number and timing of a presented sequence. */
export interface Presentation {
  /** Number of the sequence, from 1. */
  sequence: number
  /** Time of its first step, s since the experiment began. */
  presentedAt: number
  secondsPerStep: number
  steps: number
}

/** All connections from one group of neurons to another, as the network uses them. */
export interface Synapses {
  readonly post: number
  readonly pre: number
  /** Prepares a sequence with the current weights. */
  beginSequence(presentation: Presentation): void
  /**
   * Adds the weights of the neurons that spike at `step` to `current`, [stride].
   * @param readAt step at which the weights are READ
   */
  addSpikes(spikes: Raster, step: number, readAt: number, current: Numbers): void
  /** Completes the sequence, such as its READ counts. */
  endSequence(): void
}

export interface DigitalOptions {
  /** Weights are clipped to [−clip, clip]. */
  clip?: number
  /** False if self-connections (i → i) do not exist. Their weights are then always 0. */
  selfConnected?: boolean
}

/** Digital weights, [post][pre]. */
export class DigitalWeights implements Synapses {
  readonly post: number
  readonly pre: number
  readonly weights: Numbers
  readonly #kernels: Kernels
  readonly #clip: number
  readonly #selfConnected: boolean
  /** Weights transposed for the kernels, [pre][stride]. */
  readonly #columns: Numbers
  readonly #stride: number

  /** @param weights [post][pre]; copied in the precision of the kernels */
  constructor(
    post: number, pre: number, weights: ArrayLike<number>, kernels: Kernels,
    { clip = Infinity, selfConnected = true }: DigitalOptions = {},
  ) {
    this.post = post
    this.pre = pre
    this.weights = new kernels.Numbers(weights)
    this.#kernels = kernels
    this.#clip = clip
    this.#selfConnected = selfConnected
    this.#stride = strideOf(post)
    this.#columns = kernels.numbers(pre * this.#stride)
    this.#clearDiagonal()
  }

  /** Bytes of kernel memory that the weights of one layer need. */
  static bytes(post: number, pre: number): number {
    return bytesOf(pre * strideOf(post))
  }

  beginSequence(): void {
    const { post, pre, weights } = this
    const columns = this.#columns
    const stride = this.#stride
    for (let j = 0, synapse = 0; j < post; j++) {
      for (let i = 0; i < pre; i++, synapse++) columns[i * stride + j] = weights[synapse]!
    }
  }

  addSpikes(spikes: Raster, step: number, _readAt: number, current: Numbers): void {
    this.#kernels.addColumns(spikes, step, this.#stride, this.#columns, current)
  }

  endSequence(): void {}

  /** Whether the synapse exists. */
  connected(synapse: number): boolean {
    return this.#selfConnected || synapse % (this.pre + 1) !== 0
  }

  /** Adds its change to every weight and clips it. */
  changeAll(changes: { of(synapse: number): number }): void {
    const { weights } = this
    const clip = this.#clip
    for (let synapse = 0; synapse < weights.length; synapse++) {
      weights[synapse] = Math.min(Math.max(weights[synapse]! + changes.of(synapse), -clip), clip)
    }
    this.#clearDiagonal()
  }

  /** Adds `difference` to one weight and clips it. A synapse that does not exist stays 0. */
  change(synapse: number, difference: number): void {
    if (!this.connected(synapse)) return
    const weight = this.weights[synapse]! + difference
    this.weights[synapse] = Math.min(Math.max(weight, -this.#clip), this.#clip)
  }

  #clearDiagonal(): void {
    if (!this.#selfConnected) for (let i = 0; i < this.post; i++) this.weights[i * this.pre + i] = 0
  }
}
