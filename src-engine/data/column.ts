import { oneOf, type Problem } from '../experiment/problem.ts'

/** One column of a signal file: its numbers, or why it cannot be used. */
export interface SignalColumn {
  /** As in the header of a CSV file; in an NPY file the index, counted from 0. */
  name: string
  /** Empty if there is a problem. */
  values: number[]
  problem: Problem | null
}

export type Samples = { ok: true; values: number[] } | { ok: false; problems: Problem[] }
export type SignalTable = { ok: true; columns: SignalColumn[] } | { ok: false; problems: Problem[] }

export const refused = (path: string, rule: string, found = ''): { ok: false; problems: Problem[] } =>
  ({ ok: false, problems: [{ path, rule, found }] })

/** A signal needs at least two samples. A file with more columns than this is not a table of signals. */
export const FEWEST_ROWS = 2
export const MOST_COLUMNS = 1000

/**
 * The values of one column, or every reason why there are none.
 * @param wanted a name; empty for the first column of numbers
 */
export function chooseColumn(columns: SignalColumn[], wanted: string): Samples {
  if (wanted === '') return firstOfNumbers(columns)
  const chosen = columns.find(({ name }) => name === wanted)
  if (!chosen) return refused('Column', `must be ${oneOf(columns.map(({ name }) => `'${name}'`))}`, `'${wanted}'`)
  return chosen.problem ? { ok: false, problems: [chosen.problem] } : { ok: true, values: chosen.values }
}

function firstOfNumbers(columns: SignalColumn[]): Samples {
  const chosen = columns.find(({ problem }) => problem === null)
  if (chosen) return { ok: true, values: chosen.values }
  return { ok: false, problems: columns.flatMap(({ problem }) => problem ?? []) }
}
