import { counted } from './format.ts'

/** Number of runs that a text names. */
export const NAMED = 20

/**
 * Names of runs, one per line, for a tooltip. Names the first runs only, because there may be thousands.
 * @param count of all runs, if only the first are given
 */
export function namesText<Run>(runs: readonly Run[], nameOf: (run: Run) => string, count = runs.length): string {
  const others = count - Math.min(NAMED, runs.length)
  return [...runs.slice(0, NAMED).map(nameOf), ...(others > 0 ? [`and ${counted(others, 'other')}`] : [])].join('\n')
}
