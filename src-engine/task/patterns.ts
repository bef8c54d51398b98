import { BadInput, MISSING } from '../experiment/problem.ts'
import type { TaskSpec } from '../experiment/task.ts'
import { type Pattern, poissonInput } from './pattern.ts'
import { signalTarget } from './signal.ts'
import { sinusoidTarget } from './sinusoids.ts'

/**
 * Every pattern of a task. The same seed gives the same patterns to every scheme.
 * @throws BadInput if an imported signal has no samples, or fewer than its segments need
 */
export function makePatterns(task: TaskSpec, seed: number): Pattern[] {
  return Array.from({ length: task.patterns }, (_, pattern) => ({
    input: poissonInput(task, seed, pattern),
    target: targetOf(task, seed, pattern),
  }))
}

/** The target of one pattern, [steps][outputs]. @throws BadInput as in `makePatterns` */
export function targetOf(task: TaskSpec, seed: number, pattern: number): Float64Array {
  if (task.kind === 'sinusoids') return sinusoidTarget(task, seed, pattern)
  const { samples } = task
  if (!samples || samples.length < 2 * task.patterns) {
    throw new BadInput('The imported signal', [{
      path: 'task.samples',
      rule: 'must have at least two samples for each pattern',
      found: samples ? `${samples.length} samples for ${task.patterns} patterns` : MISSING,
    }])
  }
  return signalTarget({ ...task, samples }, pattern)
}

/** MSE of a zero output: the mean over all patterns and steps. @param targets of all patterns, all of one length */
export function meanSquareOf(targets: readonly Float64Array[]): number {
  const squares = targets.map((target) => target.reduce((sum, y) => sum + y * y, 0) / target.length)
  return squares.reduce((sum, square) => sum + square, 0) / squares.length
}
