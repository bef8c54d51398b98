import type { Outcome, Reason, Stability } from './comparison.ts'
import { type LearningCurve, LAST_EPOCHS, meanOfLast } from './learning-curve.ts'

/** Epochs at the end that a judgement needs: the last 20, and the pulses before them. Of the losses it needs all. */
export const JUDGED_EPOCHS = LAST_EPOCHS + 1

/** Losses of outputs that learned nothing. */
export interface Baselines {
  /** Loss of an output of 0 over patterns and steps. */
  zero: number
  /** Loss of the best constant output over patterns and steps. Never above `zero`. */
  constant: number
}

/** Divergence threshold, as a multiple of the zero-output loss: the output has moved away from the target. */
const DIVERGED_ABOVE = 2
/** Learning threshold, as a multiple of the zero-output loss: the output explains at least half of the target's power. */
const LEARNED_UP_TO = 0.5
/** Variance of targets that do not vary, as a multiple of their mean square: rounding. No output can be below it. */
const CONSTANT_TARGET = 1e-12
/**
 * Silence threshold, as a fraction of the recurrent neurons without a spike in a whole epoch. Networks learn well with more than half
 * of their neurons silent, so only one that is left with less than a tenth of them counts as silent.
 */
const SILENT_ABOVE = 0.9
/** Silence threshold, Hz: a neuron that spikes less than once in ten seconds tells the readout nothing. */
const SILENT_BELOW_HZ = 0.1
/** Runaway threshold, Hz: eight times the usual target rate of the regularisation, 12 Hz (arXiv 2108.01804). */
const RUNAWAY_ABOVE_HZ = 100
/**
 * Always-firing threshold, as a fraction of the recurrent neurons that fire at nearly every step: their potentials stay where ψ is 0,
 * and they drive all others.
 */
const ALWAYS_FIRING_ABOVE = 0.05
/** Dead-gradient threshold, as a fraction of the neuron-steps with ψ = 0: no weight of the input and recurrent layers still moves. */
const ZERO_SURROGATE_ABOVE = 0.99
/** Saturation threshold, as a fraction of devices near their maximum conductance: their pairs can no longer move in one direction. */
const SATURATED_ABOVE = 0.2
/** Growth threshold, as a multiple of the best 20-epoch mean: write and read noise alone do not raise the loss this much. */
const GROWN_ABOVE = 2

/**
 * Outcome of a run, judged by its last 20 counted epochs (all if there are fewer), with possible reasons if it did not learn.
 * The first of these that holds: diverged if the loss is not a number or far above zero output; silent if most neurons are; learned
 * if the loss is small enough; diverged if the loss has grown; else untrained. A run without counted epochs is untrained.
 * @param curve all losses; of the other columns, the last `JUDGED_EPOCHS` are enough
 * @param onDevices whether the weights are in a crossbar, so that learning needs pulses
 */
export function stabilityOf(curve: LearningCurve, baselines: Baselines, onDevices: boolean): Stability {
  const outcome = outcomeOf(curve, baselines)
  return { outcome, reasons: outcome === 'learned' || curve.loss.length === 0 ? [] : reasonsOf(curve, baselines, onDevices) }
}

function outcomeOf(curve: LearningCurve, baselines: Baselines): Outcome {
  if (curve.loss.length === 0) return 'untrained'
  const loss = meanOfLast(curve.loss)
  if (!Number.isFinite(loss) || loss > DIVERGED_ABOVE * baselines.zero) return 'diverged'
  if (isSilent(curve)) return 'silent'
  if (loss <= LEARNED_UP_TO * baselines.zero && !isConstant(loss, baselines)) return 'learned'
  return hasGrown(curve) ? 'diverged' : 'untrained'
}

function reasonsOf(curve: LearningCurve, baselines: Baselines, onDevices: boolean): Reason[] {
  const loss = meanOfLast(curve.loss)
  const rate = meanOfLast(curve.meanRateHz)
  const signs: [Reason, boolean][] = [
    ['not a number', !Number.isFinite(loss)],
    ['runaway rates', rate > RUNAWAY_ABOVE_HZ],
    ['always firing', meanOfLast(curve.alwaysFiring) > ALWAYS_FIRING_ABOVE],
    ['dead gradient', meanOfLast(curve.zeroSurrogate) > ZERO_SURROGATE_ABOVE],
    ['saturation', meanOfLast(curve.saturated) > SATURATED_ABOVE],
    ['no pulses', onDevices && lastSets(curve) === 0],
    ['no spikes', rate < SILENT_BELOW_HZ],
    ['few active neurons', rate >= SILENT_BELOW_HZ && meanOfLast(curve.silent) > SILENT_ABOVE],
    ['loss grew', hasGrown(curve)],
    ['constant output', loss <= LEARNED_UP_TO * baselines.zero && isConstant(loss, baselines)],
  ]
  return signs.filter(([, holds]) => holds).map(([reason]) => reason)
}

/** Runs of earlier versions did not count silent neurons (NaN), so they are judged by their mean rate. */
function isSilent({ silent, meanRateHz }: LearningCurve): boolean {
  const share = meanOfLast(silent)
  return Number.isNaN(share) ? meanOfLast(meanRateHz) < SILENT_BELOW_HZ : share > SILENT_ABOVE
}

/** Whether a constant output would do as well. Targets that do not vary can be learned only as a constant. */
const isConstant = (loss: number, { zero, constant }: Baselines) => constant > CONSTANT_TARGET * zero && loss >= constant

const hasGrown = ({ loss }: LearningCurve) => meanOfLast(loss) > GROWN_ABOVE * bestMean(loss)

/** SETs in the last 20 epochs. */
function lastSets({ set }: LearningCurve): number {
  const before = set.length - LAST_EPOCHS
  return set[set.length - 1]! - (before > 0 ? set[before - 1]! : 0)
}

/** Smallest mean of 20 consecutive epochs, or of all if there are fewer. Windows with a NaN are skipped. */
function bestMean(loss: Float64Array): number {
  const window = Math.min(LAST_EPOCHS, loss.length)
  let best = Infinity
  for (let end = window; end <= loss.length; end++) {
    let sum = 0
    for (let epoch = end - window; epoch < end; epoch++) sum += loss[epoch]!
    if (sum < best) best = sum
  }
  return best / window
}
