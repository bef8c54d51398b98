import { formatBytes } from '../../src-engine/format/sizes.ts'
import { counted } from '../../src-engine/format/words.ts'
import { diskEstimate } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { LibrarySettings, Usage } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'

/** Space left free on the disk, because a full disk stops more than a run, bytes. */
const SPARE_BYTES = 16e6

/**
 * Refuses runs before they start if they would exceed the library's size limit or the free disk space.
 * @param pending specs of queued and running runs, whose space is reserved
 * @throws BadInput with the estimate
 */
export function refuseOverBudget(
  specs: readonly Spec[], pending: readonly Spec[], { fileBytes, freeBytes, diskBytes }: Usage, { budget }: Pick<LibrarySettings, 'budget'>,
): void {
  const needed = spaceFor(specs)
  const reserved = spaceFor(pending)
  const inBudget = budget - (fileBytes - freeBytes) - reserved
  if (needed > inBudget) refuse(specs.length, needed, `only ${formatBytes(inBudget)} of the library's size limit of ${formatBytes(budget)} is left`)
  const onDisk = diskBytes === null ? Infinity : diskBytes + freeBytes - SPARE_BYTES - reserved
  if (needed > onDisk) refuse(specs.length, needed, `only ${formatBytes(onDisk)} of disk space is left`)
}

const spaceFor = (specs: readonly Spec[]) => specs.reduce((sum, spec) => sum + diskEstimate(spec), 0)

function refuse(count: number, needed: number, left: string): never {
  const what = count === 1 ? 'the run needs' : `the ${counted(count, 'run')} need`
  throw new BadInput('The experiment', [{
    path: 'recording.snapshotEvery',
    rule: `must give fewer snapshots: ${what} about ${formatBytes(needed)}, but ${left}. A smaller network also helps`,
    found: '',
  }])
}
