import type { Usage } from '../../stores/library.ts'

/** Parts of a bar whose whole is the budget, or the file where that is larger; they add up to 1. */
export interface Room {
  kept: number
  /** In the file, but empty. */
  reclaimable: number
  free: number
  /** Within the budget, but not on the disk. */
  beyond: number
}

export function roomOf({ fileBytes, freeBytes, diskBytes }: Usage, budget: number): Room {
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
