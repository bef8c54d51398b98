import type { TaskSpec } from '../experiment/task.ts'
import { meanSquareOf, targetOf } from './patterns.ts'

/**
 * Losses of two outputs that learned nothing, over all patterns and steps of a task: of an output of 0, and of the best constant.
 * @throws BadInput as in `makePatterns`
 */
export function baselinesOf(task: TaskSpec, seed: number): { zero: number; constant: number } {
  const targets = Array.from({ length: task.patterns }, (_, pattern) => targetOf(task, seed, pattern))
  return { zero: meanSquareOf(targets), constant: varianceOf(targets) }
}

/** Variance around the mean over all patterns and steps. @param targets of one output, all of one length */
function varianceOf(targets: readonly Float64Array[]): number {
  const meanOf = (value: (y: number) => number) =>
    targets.reduce((sum, target) => sum + target.reduce((part, y) => part + value(y), 0) / target.length, 0) / targets.length
  const mean = meanOf((y) => y)
  return meanOf((y) => (y - mean) * (y - mean))
}
