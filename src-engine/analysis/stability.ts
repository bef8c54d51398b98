import type { Outcome, Reason, Stability } from './comparison.ts'
import { type LearningCurve, LAST_EPOCHS, meanOfLast } from './learning-curve.ts'
import { meanOf } from './statistics.ts'

/** Twice the error of saying nothing: the output moves away from the target, not towards it. */
const DIVERGED_ABOVE = 2
/** Of the error of saying nothing: what is left of the target is too much to call it followed. */
const UNTRAINED_ABOVE = 0.9
/** Hz: fewer than one spike of a neuron in ten seconds carries nothing to the readout. */
const SILENT_BELOW_HZ = 0.1
/** Hz: eight times the rate that activity is usually regularised to, 12 Hz (arXiv 2108.01804). */
const RUNAWAY_ABOVE_HZ = 100
/** Share of devices near their largest conductance: so many pairs can no longer move in one direction. */
const SATURATED_ABOVE = 0.2
/** Times the best mean of as many epochs: more than the noise of writes and reads makes of it. */
const GROWN_ABOVE = 2

/**
 * Whether a run learned, by the last 20 of the epochs that count, and what speaks for why it did not. A run of which no epoch
 * counts is untrained.
 * @param baseline MSE of an output of 0: mean over patterns and steps of the squared target
 * @param onDevices whether its weights lie in a crossbar, so that learning needs pulses
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

/** Smallest mean of 20 epochs in a row, of all where there are fewer; those with a loss that is no number are none. */
function bestMean(mse: Float64Array): number {
  const window = Math.min(LAST_EPOCHS, mse.length)
  let best = Infinity
  for (let end = window; end <= mse.length; end++) {
    const mean = meanOf(mse.subarray(end - window, end))
    if (mean < best) best = mean
  }
  return best
}
