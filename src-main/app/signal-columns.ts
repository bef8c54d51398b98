import { describeProblem } from '../contract/problem.ts'
import { readSignalColumns } from '../transfer/signal-file.ts'

export interface ColumnInfo {
  name: string
  length: number
  /** Why the column cannot be a target; null if it can. */
  problem: string | null
}

/** Columns of a CSV or NPY file, without their values. @throws BadInput */
export async function signalColumns(file: string): Promise<ColumnInfo[]> {
  const columns = await readSignalColumns(file)
  return columns.map(({ name, values, problem }) =>
    ({ name, length: values.length, problem: problem && describeProblem(problem) }))
}
