import { countsPulses, usesDevices } from './scheme.ts'
import type { Spec } from './spec.ts'
import { valueText } from './value-text.ts'

/** Something that is allowed, but that a reader of the results should know. */
export interface Warning {
  /** The setting that causes it. */
  path: string
  message: string
}

/** What the user should know before running a spec. */
export const warningsOf = (spec: Spec): Warning[] =>
  (usesDevices(spec.scheme) ? [...earlyReads(spec), ...switchesWithoutEffect(spec)] : [])

function earlyReads({ conventions, device }: Spec): Warning[] {
  const drifts = device.model === 'pcm' && device.drift
  if (!drifts || conventions.timeline !== 'immediate') return []
  return [{
    path: 'conventions.timeline',
    message: 'READs start 0.5 ms after the WRITE, but the drift law was fitted from 38.6 s on. '
      + 'Conductances are up to 1.57 times too large.',
  }]
}

/** Device switches that are off without any effect, or that cancel the effect of another setting. */
function switchesWithoutEffect({ conventions, device, scheme }: Spec): Warning[] {
  const warnings: Warning[] = []
  if (device.model === 'performance' && !device.nonlinearity) {
    warnings.push({ path: 'device.nonlinearity', message: 'Performance mode has no nonlinearity to switch off.' })
  }
  if (device.granularity) return warnings
  if (!countsPulses(scheme)) {
    warnings.push({ path: 'device.granularity', message: `The ${valueText('scheme.kind', scheme.kind)} scheme counts no pulses, so it still fires whole SETs.` })
  } else if (scheme.kind !== 'multi-memristor' && conventions.pulseCounts === 'round-up') {
    warnings.push({ path: 'conventions.pulseCounts', message: 'With granularity off, a fraction of a pulse is fired as a fraction, so no pulse count is rounded up.' })
  }
  return warnings
}
