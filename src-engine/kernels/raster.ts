/** Spikes by step: neurons `neurons[offsets[t]]`…`neurons[offsets[t + 1] − 1]` spike at step t. */
export class Raster {
  readonly steps: number
  readonly offsets: Uint32Array
  neurons: Uint16Array
  #step = 0

  constructor(steps: number, expectedSpikes = 1024) {
    this.steps = steps
    this.offsets = new Uint32Array(steps + 1)
    this.neurons = new Uint16Array(expectedSpikes)
  }

  get spikes(): number {
    return this.offsets[this.#step]
  }

  /** Forgets every spike and starts again at step 0; keeps the memory. */
  clear(): void {
    this.offsets.fill(0)
    this.#step = 0
  }

  add(neuron: number): void {
    const count = this.offsets[this.#step + 1]
    if (count === this.neurons.length) this.#grow()
    this.neurons[count] = neuron
    this.offsets[this.#step + 1] = count + 1
  }

  /** Ends the current step. */
  advance(): void {
    this.#step += 1
    if (this.#step < this.steps) this.offsets[this.#step + 1] = this.offsets[this.#step]
  }

  /** (step, neuron) pairs in the order of time, [spikes][2]. */
  toPairs(): Uint16Array {
    const pairs = new Uint16Array(2 * this.offsets[this.steps])
    for (let t = 0; t < this.steps; t++) {
      for (let k = this.offsets[t]; k < this.offsets[t + 1]; k++) {
        pairs[2 * k] = t
        pairs[2 * k + 1] = this.neurons[k]
      }
    }
    return pairs
  }

  #grow(): void {
    const larger = new Uint16Array(this.neurons.length * 2)
    larger.set(this.neurons)
    this.neurons = larger
  }
}

/** The raster of all (step, channel) for which `spikesAt` holds, asked in the order of time. */
export function rasterOf(steps: number, channels: number, spikesAt: (step: number, channel: number) => boolean): Raster {
  const raster = new Raster(steps)
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < channels; i++) if (spikesAt(t, i)) raster.add(i)
    raster.advance()
  }
  return raster
}
