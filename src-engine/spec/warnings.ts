import { countsPulses, usesDevices } from './scheme.ts'
import type { Spec } from './spec.ts'

/** Something that is allowed but that a reader of the result should know. */
export interface Warning {
  /** The setting it is about. */
  path: string
  message: string
}

/** What to tell the user before a spec is run. */
export const warningsOf = (spec: Spec): Warning[] =>
  (usesDevices(spec.scheme) ? [...earlyReads(spec), ...switchedInVain(spec)] : [])

function earlyReads({ conventions, device }: Spec): Warning[] {
  const drifts = device.model === 'pcm' && device.drift
  if (!drifts || conventions.timeline !== 'immediate') return []
  return [{
    path: 'conventions.timeline',
    message: 'Devices are READ from 0.5 ms after the WRITE, but the drift law is fitted from 38.6 s on: '
      + 'conductances show up to 1.57 times too large.',
  }]
}

/** Switches of the device that were turned off where that changes nothing, or that take another's effect away. */
function switchedInVain({ conventions, device, scheme }: Spec): Warning[] {
  const warnings: Warning[] = []
  if (device.model === 'performance' && !device.nonlinearity) {
    warnings.push({ path: 'device.nonlinearity', message: 'Performance mode has no nonlinearity to switch off.' })
  }
  if (device.granularity) return warnings
  if (!countsPulses(scheme)) {
    warnings.push({ path: 'device.granularity', message: `A whole SET is fired all the same: ${scheme.kind} counts no pulses.` })
  } else if (scheme.kind !== 'multi-memristor' && conventions.pulseCounts === 'round-up') {
    warnings.push({ path: 'conventions.pulseCounts', message: 'Nothing is rounded up: without granularity a fraction of a pulse is fired as one.' })
  }
  return warnings
}
