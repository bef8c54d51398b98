import type { DigitalWeights } from '../../network/synapses.ts'
import type { Conventions } from '../../experiment/conventions.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import { AccumulatingScheme } from '../accumulating.ts'

/** Quantised accumulator: digital weights that change in whole steps δ of the accumulated η·gradient, as mixed precision without devices. */
export const accumulatorScheme = (
  weights: DigitalWeights, rate: number, spec: SchemeOf<'accumulator'>, { rounding }: Conventions,
) => new AccumulatingScheme({
  synapses: weights.weights.length,
  rate,
  step: spec.accumulatorStep,
  rounding,
  apply: (synapse, change) => weights.change(synapse, change),
})
