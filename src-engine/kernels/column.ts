/** One column of values [steps][columns], [steps]. */
export const columnOf = (values: ArrayLike<number>, column: number, columns: number): Float64Array =>
  Float64Array.from({ length: values.length / columns }, (_, step) => values[step * columns + column]!)
