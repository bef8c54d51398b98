import type { Sweep } from '../../src-engine/spec/sweep.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import type { Arm } from '../contract/sweep.ts'

/** What the arms of a kept sweep are called, and what is different in each; none where its document is of a version that we do not read. */
export function armsOf(document: Sweep): Arm[] {
  const expanded = expandSweep(document)
  return expanded.ok ? expanded.arms.map(({ label, changes }) => ({ label, changes })) : []
}
