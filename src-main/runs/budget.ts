import { formatBytes } from '../../src-engine/format/sizes.ts'
import { counted } from '../../src-engine/format/words.ts'
import { diskEstimateOfAll, memoryEstimate } from '../../src-engine/experiment/estimate.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { LibrarySettings, Usage } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'
import { type MemoryRoom, memoryRoom } from './memory-room.ts'

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
  const needed = diskEstimateOfAll(specs)
  const reserved = diskEstimateOfAll(pending)
  const inBudget = budget - (fileBytes - freeBytes) - reserved
  if (needed > inBudget) refuse(specs.length, needed, `only ${formatBytes(inBudget)} of the library's size limit of ${formatBytes(budget)} is left`)
  const onDisk = diskBytes === null ? Infinity : diskBytes + freeBytes - SPARE_BYTES - reserved
  if (needed > onDisk) refuse(specs.length, needed, `only ${formatBytes(onDisk)} of disk space is left`)
}

/**
 * Refuses runs before they start if those that run at the same time would need more memory than this process may have.
 * @param pending specs of queued and running runs
 * @param workers most runs at the same time
 * @throws BadInput with the estimate and the limit
 */
export function refuseOverMemory(specs: readonly Spec[], pending: readonly Spec[], workers: number): void {
  const shortage = memoryShortage(specs, pending, workers)
  if (shortage === null) return
  throw new BadInput('The experiment', [{ path: 'network.recurrentNeurons', rule: `must be lower: ${shortage}`, found: '' }])
}

/**
 * Why runs may not start beside the pending ones, with the estimate, the limit and advice; null if they may.
 * @param roomFor memory that so many runs may have together
 */
export function memoryShortage(
  specs: readonly Spec[], pending: readonly Spec[], workers: number, roomFor: (runs: number) => MemoryRoom = memoryRoom,
): string | null {
  const largest = [...specs, ...pending].map(memoryEstimate).sort((a, b) => b - a).slice(0, workers)
  const room = roomFor(largest.length)
  const needed = sum(largest)
  // Runs that are admitted already need that much without the new ones, too.
  const before = sum(pending.map(memoryEstimate).sort((a, b) => b - a).slice(0, workers))
  if (needed <= room.bytes || needed === before) return null
  return `${largest.length === 1 ? 'the run needs' : `${largest.length} runs at the same time need`} `
    + `${formatBytes(needed)} of memory, but ${formatBytes(room.bytes)} are left for runs by ${room.limit}. ${fewer(largest, roomFor)}`
}

/** How many of the largest runs would fit at the same time, as advice. */
function fewer(largest: readonly number[], roomFor: (runs: number) => MemoryRoom): string {
  const fits = (count: number) => sum(largest.slice(0, count)) <= roomFor(count).bytes
  const most = largest.findLastIndex((_, index) => fits(index + 1)) + 1
  return most === 0 ? 'Use a smaller network, or a machine with more memory' : `At most ${counted(most, 'parallel run')} would fit`
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

function refuse(count: number, needed: number, left: string): never {
  const what = count === 1 ? 'the run needs' : `the ${counted(count, 'run')} need`
  throw new BadInput('The experiment', [{
    path: 'recording.snapshotEvery',
    rule: `must give fewer snapshots: ${what} about ${formatBytes(needed)}, but ${left}. A smaller network also helps`,
    found: '',
  }])
}
