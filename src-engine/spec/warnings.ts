import { usesDevices } from './scheme.ts'
import type { Spec } from './spec.ts'

/** Something that is allowed but that a reader of the result should know. */
export interface Warning {
  /** The setting it is about. */
  path: string
  message: string
}

/** What to tell the user before a spec is run. */
export function warningsOf({ conventions, device, scheme }: Spec): Warning[] {
  const drifts = usesDevices(scheme) && device.model === 'pcm' && device.drift
  if (!drifts || conventions.timeline !== 'immediate') return []
  return [{
    path: 'conventions.timeline',
    message: 'Devices are READ from 0.5 ms after the WRITE, but the drift law is fitted from 38.6 s on: '
      + 'conductances show up to 1.57 times too large.',
  }]
}
