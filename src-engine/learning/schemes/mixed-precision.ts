import type { Crossbar } from '../../crossbar/crossbar.ts'
import { program, refresh } from '../../crossbar/program.ts'
import type { Conventions } from '../../experiment/conventions.ts'
import type { SchemeOf } from '../../experiment/scheme.ts'
import { AccumulatingScheme } from '../accumulating.ts'
import { pulsesFor } from '../quantise.ts'

/**
 * Mixed precision (Nandakumar et al. 2020; arXiv 2108.01804). χ += η·gradient. The whole steps q of δ in χ are subtracted from χ.
 * Then SETs are fired for −q·scale, one per ε µS.
 */
export const mixedPrecisionScheme = (
  crossbar: Crossbar, rate: number, spec: SchemeOf<'mixed-precision'>, { rounding, pulseCounts }: Conventions,
) => {
  const rule = { smallestJump: spec.smallestJump, counts: pulseCounts, granular: crossbar.granular }
  return new AccumulatingScheme({
    synapses: crossbar.post * crossbar.pre,
    rate,
    step: spec.accumulatorStep,
    rounding,
    apply(synapse, change, at) {
      if (!crossbar.connected(synapse)) return
      program(crossbar, synapse, change, pulsesFor(Math.abs(change) * crossbar.scale, rule), at.now)
    },
    finish: (at) => refresh(crossbar, spec.refresh, spec.smallestJump, at),
  })
}
