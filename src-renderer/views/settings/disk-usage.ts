import type { Usage } from '../../stores/library.ts'

/** Parts of a bar that represents the size limit, or the file if it is larger. They add up to 1. */
export interface DiskUsageParts {
  kept: number
  /** Empty pages of the file. */
  reclaimable: number
  free: number
  /** Within the limit, but more than the disk has left. */
  beyond: number
}

/** @param budget size limit, bytes */
export function diskUsageParts({ fileBytes, freeBytes, diskBytes }: Usage, budget: number): DiskUsageParts {
  const whole = Math.max(budget, fileBytes, 1)
  const left = whole - fileBytes
  const free = Math.min(left, diskBytes ?? Infinity)
  return {
    kept: (fileBytes - freeBytes) / whole,
    reclaimable: freeBytes / whole,
    free: free / whole,
    beyond: (left - free) / whole,
  }
}
