import { counted } from './format.ts'

const NAMED = 20

/** Names of runs, one per line, for a tooltip. Names the first runs only, because there may be thousands. */
export function namesText<Run>(runs: readonly Run[], nameOf: (run: Run) => string): string {
  const others = runs.length - NAMED
  return [...runs.slice(0, NAMED).map(nameOf), ...(others > 0 ? [`and ${counted(others, 'other')}`] : [])].join('\n')
}
