import { describeProblem } from '../contract/problem.ts'
import type { SignalReader } from './read-signals.ts'

export interface ColumnInfo {
  name: string
  length: number
  /** Why the column cannot be a target; null if it can. */
  problem: string | null
  /** Why the column is no signal unless it is asked for: 'is a time'. Empty for a signal. */
  why: string
}

/** Columns of a text, NPY or NPZ file, without their values. @throws BadInput */
export async function signalColumns(file: string, read: SignalReader['table']): Promise<ColumnInfo[]> {
  const { columns } = await read(file)
  return columns.map(({ name, values, problem, why }) =>
    ({ name, length: values.length, problem: problem && describeProblem(problem), why }))
}
