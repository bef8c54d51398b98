import type { Budget, EnergyCosts, PulseDurations } from '../experiment/sweep.ts'
import type { LearningCurve } from './learning-curve.ts'

interface Pulses {
  set: number
  reset: number
  read: number
}

const PICOJOULES_IN_A_MICROJOULE = 1e6
const NANOSECONDS_IN_A_MILLISECOND = 1e6

/** Pulses up to the end of an epoch, counted from 1. Epoch 0 means before the first epoch and has none. */
export const pulsesAfter = ({ set, reset, read }: LearningCurve, epoch: number): Pulses =>
  (epoch === 0 ? { set: 0, reset: 0, read: 0 } : { set: set[epoch - 1]!, reset: reset[epoch - 1]!, read: read[epoch - 1]! })

/** Energy of the pulses, µJ. A refresh is counted by the SETs and RESETs it consists of. */
export const energyOf = ({ set, reset, read }: Pulses, costs: EnergyCosts): number =>
  (set * costs.set + reset * costs.reset + read * costs.read) / PICOJOULES_IN_A_MICROJOULE

/** Energy of the SETs and RESETs alone, µJ. */
export const writeEnergyOf = (pulses: Pulses, costs: EnergyCosts): number => energyOf({ ...pulses, read: 0 }, costs)

/** Energy of the READs alone, µJ. */
export const readEnergyOf = (pulses: Pulses, costs: EnergyCosts): number => energyOf({ ...pulses, set: 0, reset: 0 }, costs)

/** Time of the SETs and RESETs if one device is written after the other, ms. A crossbar that writes several at once takes less. */
export const writeTimeOf = ({ set, reset }: Pick<Pulses, 'set' | 'reset'>, durations: PulseDurations): number =>
  (set * durations.set + reset * durations.reset) / NANOSECONDS_IN_A_MILLISECOND

/**
 * Number of a run's epochs, counted from its start, that fit the budget; 0 if the first epoch already exceeds it.
 * Digital weights fire no pulses, so all their epochs count.
 */
export function countedEpochs(curve: LearningCurve, budget: Budget, costs: EnergyCosts): number {
  const epochs = curve.loss.length
  for (let epoch = epochs; epoch > 0; epoch--) if (isWithin(pulsesAfter(curve, epoch), budget, costs)) return epoch
  return 0
}

function isWithin(pulses: Pulses, budget: Budget, costs: EnergyCosts): boolean {
  switch (budget.kind) {
    case 'epochs': return true
    case 'set': return pulses.set <= budget.pulses
    case 'energy': return energyOf(pulses, costs) <= budget.microjoules
    case 'write-energy': return writeEnergyOf(pulses, costs) <= budget.microjoules
  }
}
