/** A shift of one row, px. Rows may be higher than that, but the marks of a row stay together. */
export const ROW = 24
