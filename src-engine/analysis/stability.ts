import type { Outcome, Reason, Stability } from './comparison.ts'
import { type LearningCurve, LAST_EPOCHS, meanOfLast } from './learning-curve.ts'
import { meanOf } from './statistics.ts'

/** Divergence threshold, as a multiple of the zero-output loss: the output has moved away from the target. */
const DIVERGED_ABOVE = 2
/** Untrained threshold, as a multiple of the zero-output loss: the output does not follow the target. */
const UNTRAINED_ABOVE = 0.9
/** Silence threshold, Hz: a neuron that spikes less than once in ten seconds tells the readout nothing. */
const SILENT_BELOW_HZ = 0.1
/** Runaway threshold, Hz: eight times the usual target rate of the regularisation, 12 Hz (arXiv 2108.01804). */
const RUNAWAY_ABOVE_HZ = 100
/** Saturation threshold, as a fraction of devices near their maximum conductance: their pairs can no longer move in one direction. */
const SATURATED_ABOVE = 0.2
/** Growth threshold, as a multiple of the best 20-epoch mean: write and read noise alone do not raise the loss this much. */
const GROWN_ABOVE = 2

/**
 * Outcome of a run, judged by its last 20 counted epochs, with possible reasons if it did not learn.
 * A run without counted epochs is untrained.
 * @param baseline zero-output loss: mean squared target over patterns and steps
 * @param onDevices whether the weights are in a crossbar, so that learning needs pulses
 */
export function stabilityOf(curve: LearningCurve, baseline: number, onDevices: boolean): Stability {
  const outcome = outcomeOf(curve, baseline)
  return { outcome, reasons: outcome === 'learned' || curve.mse.length === 0 ? [] : reasonsOf(curve, onDevices) }
}

function outcomeOf({ mse, meanRateHz }: LearningCurve, baseline: number): Outcome {
  if (mse.length === 0) return 'untrained'
  const loss = meanOfLast(mse)
  if (!Number.isFinite(loss) || loss > DIVERGED_ABOVE * baseline) return 'diverged'
  if (meanOfLast(meanRateHz) < SILENT_BELOW_HZ) return 'silent'
  return loss > UNTRAINED_ABOVE * baseline ? 'untrained' : 'learned'
}

function reasonsOf(curve: LearningCurve, onDevices: boolean): Reason[] {
  const rate = meanOfLast(curve.meanRateHz)
  const signs: [Reason, boolean][] = [
    ['not a number', !Number.isFinite(meanOfLast(curve.mse))],
    ['runaway rates', rate > RUNAWAY_ABOVE_HZ],
    ['saturation', meanOfLast(curve.saturated) > SATURATED_ABOVE],
    ['no pulses', onDevices && lastSets(curve) === 0],
    ['no spikes', rate < SILENT_BELOW_HZ],
    ['loss grew', meanOfLast(curve.mse) > GROWN_ABOVE * bestMean(curve.mse)],
  ]
  return signs.filter(([, holds]) => holds).map(([reason]) => reason)
}

/** SETs in the last 20 epochs. */
function lastSets({ set }: LearningCurve): number {
  const before = set.length - LAST_EPOCHS
  return set[set.length - 1] - (before > 0 ? set[before - 1] : 0)
}

/** Smallest mean of 20 consecutive epochs, or of all if there are fewer. Windows with a NaN are skipped. */
function bestMean(mse: Float64Array): number {
  const window = Math.min(LAST_EPOCHS, mse.length)
  let best = Infinity
  for (let end = window; end <= mse.length; end++) {
    const mean = meanOf(mse.subarray(end - window, end))
    if (mean < best) best = mean
  }
  return best
}
