import { diskEstimate } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { LibrarySettings, Usage } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'

/** Left free for everything else on the disk: a full one stops more than a run. */
const SPARE_BYTES = 16e6

/**
 * Refuses runs that the library's budget or the disk has no room for, before they start.
 * @param waiting specs of runs that are queued or running, whose room is spoken for
 * @throws BadInput with the estimate
 */
export function refuseOverBudget(
  specs: readonly Spec[], waiting: readonly Spec[], { fileBytes, freeBytes, diskBytes }: Usage, { budget }: Pick<LibrarySettings, 'budget'>,
): void {
  const needed = roomOf(specs)
  const spokenFor = roomOf(waiting)
  const inBudget = budget - (fileBytes - freeBytes) - spokenFor
  if (needed > inBudget) refuse(specs.length, needed, `at most ${bytes(inBudget)}, which the library's budget of ${bytes(budget)} has left`)
  const onDisk = diskBytes === null ? Infinity : diskBytes + freeBytes - SPARE_BYTES - spokenFor
  if (needed > onDisk) refuse(specs.length, needed, `at most ${bytes(onDisk)}, which the disk has left`)
}

const roomOf = (specs: readonly Spec[]) => specs.reduce((sum, spec) => sum + diskEstimate(spec), 0)

function refuse(count: number, needed: number, allowed: string): never {
  const what = count === 1 ? 'a run that keeps' : `${count} runs that keep`
  throw new BadInput('The experiment', [{
    path: 'recording.snapshotEvery', found: `${what} about ${bytes(needed)}`, allowed: `${allowed}: fewer snapshots or a smaller network`,
  }])
}

/** 950 kB, 1.2 GB; nothing is less than nothing. */
function bytes(count: number): string {
  const [size, unit] = count >= 1e9 ? [1e9, 'GB'] : count >= 1e6 ? [1e6, 'MB'] : [1e3, 'kB']
  return `${(Math.max(0, count) / size).toFixed(1)} ${unit}`
}
