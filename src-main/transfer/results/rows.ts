/** Offsets from the middle of a row: mean, interval and single runs from top to bottom, so that none hides another. */
export const MEAN_AT = -0.25
export const INTERVAL_AT = 0.06
export const RUNS_AT = 0.32
