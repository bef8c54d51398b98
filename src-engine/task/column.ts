import type { Problem } from '../spec/problem.ts'

/** One column of a file of signals: its numbers, or why it has none. */
export interface SignalColumn {
  /** As in the header of a CSV file; the index, from 0, in an NPY file. */
  name: string
  /** Empty where there is a problem. */
  values: number[]
  problem: Problem | null
}

export type Samples = { ok: true; values: number[] } | { ok: false; problems: Problem[] }
export type SignalTable = { ok: true; columns: SignalColumn[] } | { ok: false; problems: Problem[] }

export const refused = (path: string, found: string, allowed: string): { ok: false; problems: Problem[] } =>
  ({ ok: false, problems: [{ path, found, allowed }] })

/** A signal needs two samples at least; more columns than this is no table of signals. */
export const FEWEST_ROWS = 2
export const MOST_COLUMNS = 1000

/**
 * The values of one column, or every reason why not.
 * @param wanted a name; empty for the first column that is all numbers
 */
export function chooseColumn(columns: SignalColumn[], wanted: string): Samples {
  if (wanted === '') return firstOfNumbers(columns)
  const chosen = columns.find(({ name }) => name === wanted)
  if (!chosen) return refused('column', `'${wanted}'`, columns.map(({ name }) => `'${name}'`).join(', '))
  return chosen.problem ? { ok: false, problems: [chosen.problem] } : { ok: true, values: chosen.values }
}

function firstOfNumbers(columns: SignalColumn[]): Samples {
  const chosen = columns.find(({ problem }) => problem === null)
  if (chosen) return { ok: true, values: chosen.values }
  return { ok: false, problems: columns.flatMap(({ problem }) => problem ?? []) }
}
