import { meanOf } from './samples.ts'

/** A run's epochs as columns, [epochs], starting with the first. Pulse counts are cumulative. */
export interface LearningCurve {
  /** Loss, mean over patterns; NaN or ±Infinity if the run diverged. */
  loss: Float64Array
  /** Mean firing rate over neurons, Hz. */
  meanRateHz: Float64Array
  /** Fraction of recurrent neurons without a spike in the epoch, 0 to 1; NaN in runs of versions that did not count them. */
  silent: Float64Array
  /** Fraction of neuron-steps with ψ = 0, 0 to 1; NaN in runs of versions that did not count them. */
  zeroSurrogate: Float64Array
  /** Fraction of recurrent neurons that fire at nearly every step, 0 to 1; NaN in runs of versions that did not count them. */
  alwaysFiring: Float64Array
  /** Fraction of devices near their maximum conductance, 0 to 1. */
  saturated: Float64Array
  set: Float64Array
  reset: Float64Array
  read: Float64Array
}

/** A run is judged by the mean over this number of epochs at its end, as in arXiv 2108.01804. */
export const LAST_EPOCHS = 20

/** Mean of the last 20 epochs, or of all if there are fewer; NaN without any. */
export const meanOfLast = (values: Float64Array | readonly number[]): number => meanOf(values.slice(-LAST_EPOCHS))

/** The first `epochs` epochs, as views into the same memory. */
export const firstEpochs = (curve: LearningCurve, epochs: number): LearningCurve => ({
  loss: curve.loss.subarray(0, epochs),
  meanRateHz: curve.meanRateHz.subarray(0, epochs),
  silent: curve.silent.subarray(0, epochs),
  zeroSurrogate: curve.zeroSurrogate.subarray(0, epochs),
  alwaysFiring: curve.alwaysFiring.subarray(0, epochs),
  saturated: curve.saturated.subarray(0, epochs),
  set: curve.set.subarray(0, epochs),
  reset: curve.reset.subarray(0, epochs),
  read: curve.read.subarray(0, epochs),
})
