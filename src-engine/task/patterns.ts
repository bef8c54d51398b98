import type { TaskSpec } from '../experiment/task.ts'
import { targetOf } from './laws.ts'
import { type Pattern, poissonInput } from './pattern.ts'

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
