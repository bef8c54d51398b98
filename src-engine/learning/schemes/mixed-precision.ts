import { program, refresh } from '../../crossbar/program.ts'
import { AccumulatingScheme } from '../accumulating.ts'
import type { MakeScheme } from '../make-scheme.ts'
import { pulsesFor } from '../quantise.ts'

/**
 * Mixed precision (Nandakumar et al. 2020; arXiv 2108.01804). χ += η·gradient. The whole steps q of δ in χ are subtracted from χ.
 * Then SETs are fired for −q·scale, one per ε µS.
 */
export const mixedPrecision: MakeScheme<'mixed-precision'> = (crossbar, settings, { conventions }) => {
  const rule = { smallestJump: settings.smallestJump, counts: conventions.pulseCounts, granular: crossbar.granular }
  return new AccumulatingScheme({
    synapses: crossbar.post * crossbar.pre,
    step: settings.accumulatorStep,
    rounding: conventions.rounding,
    apply(synapse, change, at) {
      if (!crossbar.connected(synapse)) return
      program(crossbar, synapse, change, pulsesFor(Math.abs(change) * crossbar.scale, rule), at.now)
    },
    finish: (at) => refresh(crossbar, settings.refresh, settings.smallestJump, at),
  })
}
