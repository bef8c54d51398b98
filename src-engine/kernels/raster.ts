import { bytesOf, type Memory } from './memory.ts'

/** Spikes sorted by step: neurons `neurons[offsets[t]]` to `neurons[offsets[t + 1] − 1]` spike at step t. */
export class Raster {
  readonly steps: number
  /** Index of each step's first spike in `neurons`, [steps + 1]. */
  readonly offsets: Uint32Array<ArrayBuffer>
  /** Spiking neurons, [spikes]; the array may be longer. */
  readonly neurons: Uint16Array<ArrayBuffer>

  constructor(steps: number, offsets: Uint32Array<ArrayBuffer>, neurons: Uint16Array<ArrayBuffer>) {
    this.steps = steps
    this.offsets = offsets
    this.neurons = neurons
  }

  /** Raster in the kernels' memory, with space for every neuron to spike at every step. */
  static within(memory: Memory, steps: number, neurons: number): Raster {
    return new Raster(steps, memory.counts(steps + 1), memory.indices(steps * neurons))
  }

  /** Bytes of kernel memory that `within` needs. */
  static bytes(steps: number, neurons: number): number {
    return bytesOf(steps + 1) + bytesOf(steps * neurons, 2)
  }

  /** Number of spikes. */
  get spikes(): number {
    return this.offsets[this.steps]!
  }

  /** Copies the spikes of another raster with the same number of steps. */
  copy({ offsets, neurons, spikes }: Raster): void {
    this.offsets.set(offsets)
    for (let k = 0; k < spikes; k++) this.neurons[k] = neurons[k]!
  }

  /** (step, neuron) pairs in order of time, [spikes][2]. */
  toPairs(): Uint16Array<ArrayBuffer> {
    const pairs = new Uint16Array(2 * this.spikes)
    for (let t = 0; t < this.steps; t++) {
      for (let k = this.offsets[t]!; k < this.offsets[t + 1]!; k++) {
        pairs[2 * k] = t
        pairs[2 * k + 1] = this.neurons[k]!
      }
    }
    return pairs
  }
}

/** Raster of all (step, channel) pairs for which `spikesAt` is true. It is called once per pair, in order of time. */
export function rasterOf(steps: number, channels: number, spikesAt: (step: number, channel: number) => boolean): Raster {
  const offsets = new Uint32Array(steps + 1)
  const neurons: number[] = []
  for (let t = 0; t < steps; t++) {
    for (let i = 0; i < channels; i++) if (spikesAt(t, i)) neurons.push(i)
    offsets[t + 1] = neurons.length
  }
  return new Raster(steps, offsets, Uint16Array.from(neurons))
}
