/** All connections from one group of neurons to another: how the network sees its weights. */
export interface Synapses {
  readonly post: number
  readonly pre: number
  /** Adds the weights of one spiking presynaptic neuron to `current`, [post], at step `step` of the sequence. */
  addSpike(pre: number, step: number, current: Float64Array): void
}

/** Weights as numbers, [post][pre]. */
export class DigitalWeights implements Synapses {
  readonly post: number
  readonly pre: number
  readonly weights: Float64Array
  readonly #clip: number
  readonly #selfConnected: boolean

  /** @param selfConnected false where neuron i → i does not exist: its weight is 0 and stays so. */
  constructor(post: number, pre: number, weights: Float64Array, { clip = Infinity, selfConnected = true } = {}) {
    this.post = post
    this.pre = pre
    this.weights = weights
    this.#clip = clip
    this.#selfConnected = selfConnected
    if (!selfConnected) for (let i = 0; i < post; i++) weights[i * pre + i] = 0
  }

  addSpike(pre: number, _step: number, current: Float64Array): void {
    for (let j = 0, k = pre; j < this.post; j++, k += this.pre) current[j] += this.weights[k]
  }

  /** Whether the synapse exists. */
  connected(synapse: number): boolean {
    return this.#selfConnected || synapse % (this.pre + 1) !== 0
  }

  /** Changes one weight within the clip; a synapse that does not exist stays 0. */
  change(synapse: number, difference: number): void {
    if (!this.connected(synapse)) return
    const weight = this.weights[synapse] + difference
    this.weights[synapse] = Math.min(Math.max(weight, -this.#clip), this.#clip)
  }
}
