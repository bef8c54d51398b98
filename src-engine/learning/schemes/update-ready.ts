import type { Crossbar } from '../../crossbar/crossbar.ts'
import { polarityOf, program, type UpdateTime } from '../../crossbar/program.ts'
import type { Conventions } from '../../spec/conventions.ts'
import type { SchemeOf } from '../../spec/scheme.ts'
import { AccumulatingScheme } from '../accumulating.ts'
import { pulsesFor } from '../quantise.ts'

/**
 * Update-ready (arXiv 2108.01804). Changes accumulate as in mixed precision. If a change would take its device above the reachable
 * conductance, that device is RESET first. The pair is then programmed to the wanted difference.
 */
export const updateReadyScheme = (
  crossbar: Crossbar, rate: number, spec: SchemeOf<'update-ready'>, { rounding, pulseCounts }: Conventions,
) => {
  const rule = { smallestJump: spec.smallestJump, counts: pulseCounts, granular: crossbar.granular }
  return new AccumulatingScheme({
    synapses: crossbar.post * crossbar.pre,
    rate,
    step: spec.accumulatorStep,
    rounding,
    apply(synapse, change, at) {
      if (!crossbar.connected(synapse)) return
      const missing = makeReady(crossbar, synapse, change * crossbar.scale, spec.limit, at)
      program(crossbar, synapse, missing, pulsesFor(Math.abs(missing), rule), at.now)
    },
  })
}

/** RESETs the device if it cannot take `change` (µS). Returns the change that is then still missing, µS. */
function makeReady(crossbar: Crossbar, pair: number, change: number, limit: number, at: UpdateTime): number {
  const device = 2 * pair + polarityOf(change)
  const { devices } = crossbar
  if (devices.conductance[device] + Math.abs(change) <= limit) return change
  const wanted = crossbar.estimateDifference(pair, at.now, at.estimate) + change
  devices.reset(device, at.now)
  return wanted - crossbar.estimateDifference(pair, at.now, at.estimate)
}
