import { meanOf } from './statistics.ts'

/** The epochs of a run as columns, from the first on. Pulses are of the whole run so far. */
export interface Course {
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
export const upTo = (course: Course, epochs: number): Course => ({
  mse: course.mse.subarray(0, epochs),
  meanRateHz: course.meanRateHz.subarray(0, epochs),
  saturated: course.saturated.subarray(0, epochs),
  set: course.set.subarray(0, epochs),
  reset: course.reset.subarray(0, epochs),
  read: course.read.subarray(0, epochs),
})
