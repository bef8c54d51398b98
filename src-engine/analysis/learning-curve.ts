import { meanOf } from './statistics.ts'

/** The epochs of a run as columns, from the first on. Pulses are of the whole run so far. */
export interface LearningCurve {
  /** Mean over patterns; NaN and ±Infinity where the run diverged. */
  mse: Float64Array
  /** Mean over neurons, Hz. */
  meanRateHz: Float64Array
  /** Share of devices near their largest conductance, 0 to 1. */
  saturated: Float64Array
  set: Float64Array
  reset: Float64Array
  read: Float64Array
}

/** A run is judged by the mean of so many epochs at its end, as arXiv 2108.01804 does. */
export const LAST_EPOCHS = 20

/** NaN where there is none. */
export const meanOfLast = (values: Float64Array): number => meanOf(values.subarray(-LAST_EPOCHS))

/** The first so many epochs; shares its memory with the whole. */
export const upTo = (curve: LearningCurve, epochs: number): LearningCurve => ({
  mse: curve.mse.subarray(0, epochs),
  meanRateHz: curve.meanRateHz.subarray(0, epochs),
  saturated: curve.saturated.subarray(0, epochs),
  set: curve.set.subarray(0, epochs),
  reset: curve.reset.subarray(0, epochs),
  read: curve.read.subarray(0, epochs),
})
