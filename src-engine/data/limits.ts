/** A signal needs at least two samples. A file with more columns than this is not a table of signals. */
export const FEWEST_ROWS = 2
export const MOST_COLUMNS = 1000
/** Cells of a row that are kept. A file of delimiters alone would fill the memory. */
export const MOST_CELLS = 10_000
