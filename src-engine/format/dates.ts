const MINUTE_MS = 60_000

/**
 * Whether a clock that was wrong has given a time: it lies ahead of now, by more than the clocks of two machines differ. Nobody knows when it
 * really was. Both in ms since 1970.
 */
export const isAhead = (then: number, now: number): boolean => then > now + MINUTE_MS
