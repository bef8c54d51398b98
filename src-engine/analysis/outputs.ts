import { columnOf } from '../kernels/column.ts'

/** Every column of values [steps][columns], each [steps]. */
export const columnsOf = (values: ArrayLike<number>, columns: number): Float64Array[] =>
  Array.from({ length: columns }, (_, column) => columnOf(values, column, columns))
