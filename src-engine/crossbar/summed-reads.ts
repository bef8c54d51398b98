import { exp, power } from '../kernels/elementary.ts'
import {
  bytesOf, type DeviceColumns, type Kernels, type Numbers, type Reading, type ReadLaw, type ReadMoments, strideOf,
} from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'

/** ln of the drift of the youngest device over one interval. Shorter intervals follow the moments more closely, but cost time. */
const DRIFT_OF_AN_INTERVAL = 0.02

/** Length of a sequence and the ages of its devices at its beginning. */
export interface Ages {
  /** Length of the sequence, s. */
  length: number
  /** Age of the youngest device, s. */
  youngest: number
  /** See `Reading`. */
  settled: boolean
}

/**
 * READs of columns with one normal draw per postsynaptic neuron and step. It has the mean and variance of the sum of the neuron's
 * READs, clipping included.
 *
 * Moments are computed once for each interval of the sequence, for the columns that spike in it. Within an interval they change
 * linearly with the drift of the youngest device. A sequence of settled devices is one interval.
 */
export class SummedReads {
  readonly #kernels: Kernels
  readonly #columns: DeviceColumns
  readonly #law: ReadLaw
  readonly #moments: ReadMoments
  /** Factor by which the youngest device ages in one interval. */
  readonly #growth: number
  #ages: Ages = { length: 0, youngest: 1, settled: true }
  /** The interval, s since the beginning of the sequence, and its number, counted over all sequences. */
  #from = 0
  #until = 0
  #interval = 0
  /** Interval of each column's moments, [pre]. */
  readonly #intervalOf: Float64Array

  constructor(columns: DeviceColumns, law: ReadLaw, kernels: Kernels) {
    const numbers = () => kernels.numbers(columns.pre * columns.stride)
    this.#kernels = kernels
    this.#columns = columns
    this.#law = law
    this.#intervalOf = new Float64Array(columns.pre)
    this.#growth = exp(DRIFT_OF_AN_INTERVAL / law.exponent)
    this.#moments = { mean: numbers(), meanChange: numbers(), variance: numbers(), varianceChange: numbers(), passed: 0 }
  }

  /** Bytes of kernel memory that the moments need. */
  static bytes(post: number, pre: number): number {
    return 4 * bytesOf(pre * strideOf(post))
  }

  /** Begins a sequence, whose conductances the columns must have. */
  begin(ages: Ages): void {
    this.#ages = ages
    this.#until = 0
    this.#nextInterval()
  }

  addSpikes(spikes: Raster, step: number, reading: Reading, current: Numbers): void {
    if (spikes.offsets[step] === spikes.offsets[step + 1]) return
    while (reading.seconds > this.#until) this.#nextInterval()
    for (let k = spikes.offsets[step]!; k < spikes.offsets[step + 1]!; k++) this.#provideMoments(spikes.neurons[k]!)
    this.#moments.passed = this.#passedAt(reading.seconds)
    this.#kernels.readSums(spikes, step, this.#columns, this.#moments, reading, current)
  }

  #nextInterval(): void {
    const { length, youngest, settled } = this.#ages
    this.#from = this.#until
    this.#until = settled ? length : Math.min((youngest + this.#from) * this.#growth - youngest, length)
    this.#interval += 1
  }

  #provideMoments(column: number): void {
    if (this.#intervalOf[column] === this.#interval) return
    this.#intervalOf[column] = this.#interval
    const { settled } = this.#ages
    this.#kernels.sumMoments(column, this.#columns, this.#law, this.#from, this.#until, settled, this.#moments)
  }

  /** Fraction of the interval's drift that has passed. The drift of settled devices is linear in time to within 0.4 %. */
  #passedAt(seconds: number): number {
    if (this.#ages.settled || this.#law.exponent === 0) return (seconds - this.#from) / (this.#until - this.#from)
    const begin = this.#driftAfter(this.#from)
    return (begin - this.#driftAfter(seconds)) / (begin - this.#driftAfter(this.#until))
  }

  #driftAfter(seconds: number): number {
    return power(1 + seconds / this.#ages.youngest, -this.#law.exponent)
  }
}
