import type { Sweep } from '../../src-engine/spec/sweep.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import type { Arm } from '../contract/sweep.ts'

/** Labels and changes of a stored sweep's arms; empty if the document has a version that cannot be read. */
export function armsOf(document: Sweep): Arm[] {
  const expanded = expandSweep(document)
  return expanded.ok ? expanded.arms.map(({ label, changes }) => ({ label, changes })) : []
}
