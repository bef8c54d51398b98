import type { Crossbar } from '../../crossbar/crossbar.ts'
import { polarityOf, program, type UpdateTime } from '../../crossbar/program.ts'
import { AccumulatingScheme } from '../accumulating.ts'
import type { MakeScheme } from '../make-scheme.ts'
import { pulsesFor } from '../quantise.ts'

/**
 * Update-ready (arXiv 2108.01804). Changes accumulate as in mixed precision. If a change would raise a device of the pair above the
 * reachable conductance, the opposite device is RESET first, which moves the pair in the wanted direction. What is then missing, of
 * either sign, is programmed in SETs of ε.
 */
export const updateReady: MakeScheme<'update-ready'> = (crossbar, settings, { conventions }) => {
  const rule = { smallestJump: settings.smallestJump, counts: conventions.pulseCounts, granular: crossbar.granular }
  return new AccumulatingScheme({
    synapses: crossbar.post * crossbar.pre,
    step: settings.accumulatorStep,
    rounding: conventions.rounding,
    apply(synapse, change, at) {
      if (!crossbar.connected(synapse)) return
      const missing = makeReady(crossbar, synapse, change * crossbar.scale, settings.limit, at)
      program(crossbar, synapse, missing, pulsesFor(Math.abs(missing), rule), at.now)
    },
  })
}

/** RESETs the opposite device if the device to raise cannot take `change` (µS). Returns the change that is then missing, µS. */
function makeReady(crossbar: Crossbar, pair: number, change: number, limit: number, at: UpdateTime): number {
  const raised = 2 * pair + polarityOf(change)
  const opposite = 2 * pair + polarityOf(-change)
  const { devices } = crossbar
  if (Math.abs(change) <= limit - devices.conductance[raised]!) return change
  const wanted = crossbar.estimateDifference(pair, at.now, at.estimate) + change
  devices.reset(opposite, at.now)
  return wanted - crossbar.estimateDifference(pair, at.now, at.estimate)
}
