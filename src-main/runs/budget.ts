import { diskEstimate } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { LibrarySettings, Usage } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'

/** Left free for everything else on the disk: a full one stops more than a run. */
const SPARE_BYTES = 16e6

/**
 * Refuses a run that the library's budget or the disk has no room for, before it starts.
 * @param waiting specs of runs that are queued or running, whose room is spoken for
 * @throws BadInput with the estimate
 */
export function refuseOverBudget(
  spec: Spec, waiting: readonly Spec[], { fileBytes, freeBytes, diskBytes }: Usage, { budget }: Pick<LibrarySettings, 'budget'>,
): void {
  const needed = diskEstimate(spec)
  const spokenFor = waiting.reduce((sum, other) => sum + diskEstimate(other), 0)
  const inBudget = budget - (fileBytes - freeBytes) - spokenFor
  if (needed > inBudget) refuse(needed, `at most ${bytes(inBudget)}, which the library's budget of ${bytes(budget)} has left`)
  const onDisk = diskBytes === null ? Infinity : diskBytes + freeBytes - SPARE_BYTES - spokenFor
  if (needed > onDisk) refuse(needed, `at most ${bytes(onDisk)}, which the disk has left`)
}

function refuse(needed: number, allowed: string): never {
  throw new BadInput('The experiment', [{
    path: 'recording.snapshotEvery', found: `a run that keeps about ${bytes(needed)}`, allowed: `${allowed}: fewer snapshots or a smaller network`,
  }])
}

/** 950 kB, 1.2 GB; nothing is less than nothing. */
function bytes(count: number): string {
  const [size, unit] = count >= 1e9 ? [1e9, 'GB'] : count >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB']
  return `${(Math.max(0, count) / size).toFixed(1)} ${unit}`
}
