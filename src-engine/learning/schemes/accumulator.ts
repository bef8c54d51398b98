import { AccumulatingScheme } from '../accumulating.ts'
import type { MakeScheme } from '../make-scheme.ts'

/** Quantised accumulator: digital weights that change in whole steps δ of the accumulated η·gradient, as mixed precision without devices. */
export const accumulator: MakeScheme<'accumulator'> = (weights, { accumulatorStep }, { conventions }) => new AccumulatingScheme({
  synapses: weights.weights.length,
  step: accumulatorStep,
  rounding: conventions.rounding,
  apply: (synapse, change) => weights.change(synapse, change),
})
