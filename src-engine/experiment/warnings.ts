import { formatExact, formatNumber } from '../format/numbers.ts'
import { deviceModelOf, documentOf } from './devices/registry.ts'
import { traitsOf, usesDevices } from './scheme.ts'
import type { Spec } from './spec.ts'
import { taskKind } from './task.ts'
import { valueText } from './value-text.ts'
import type { Warning } from './warning.ts'

export type { Warning } from './warning.ts'

/** What the user should know before running a spec. */
export const warningsOf = (spec: Spec): Warning[] => [
  ...taskKind(spec.task).warnings(spec.task),
  ...(usesDevices(spec.scheme) ? [...earlyReads(spec), ...switchesWithoutEffect(spec)] : []),
]

/** Age at which a device is first READ without a wait, s. */
export const FIRST_READ = 5e-4

function earlyReads({ conventions, device }: Spec): Warning[] {
  const { drift } = documentOf(device)
  if (drift === null || drift.exponent === 0 || conventions.timeline !== 'immediate') return []
  // eslint-disable-next-line no-restricted-syntax -- for a message, not for a result
  const factor = (drift.referenceAge / FIRST_READ) ** drift.exponent
  return [{
    path: 'conventions.timeline',
    message: `READs start ${1000 * FIRST_READ} ms after the WRITE, but the drift law was fitted from ${drift.referenceAge} s on. `
      + `With a drift exponent of ${formatExact(drift.exponent)}, conductances are up to ${formatNumber(factor)} times too large.`,
  }]
}

/** Device switches that are off without any effect, or that cancel the effect of another setting. */
function switchesWithoutEffect({ conventions, device, scheme }: Spec): Warning[] {
  const warnings: Warning[] = []
  const { title, nonIdealities } = deviceModelOf(device.model)
  if (!nonIdealities.includes('nonlinearity') && !device.nonlinearity) {
    warnings.push({ path: 'device.nonlinearity', message: `${title} has no nonlinearity to switch off.` })
  }
  if (device.granularity) return warnings
  const { countsPulses, conventions: followed } = traitsOf(scheme)
  if (!countsPulses) {
    warnings.push({ path: 'device.granularity', message: `The ${valueText('scheme.kind', scheme.kind)} scheme counts no pulses, so it still fires whole SETs.` })
  } else if (followed.includes('pulseCounts') && conventions.pulseCounts === 'round-up') {
    warnings.push({ path: 'conventions.pulseCounts', message: 'With granularity off, a fraction of a pulse is fired as a fraction, so no pulse count is rounded up.' })
  }
  return warnings
}
