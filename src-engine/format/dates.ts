/** By how much the clocks of two machines may differ, ms. */
export const CLOCKS_DIFFER_MS = 60_000

/**
 * Whether a clock that was wrong has given a time: it lies ahead of now, by more than the clocks of two machines differ. Nobody knows when it
 * really was. Both in ms since 1970.
 */
export const isAhead = (then: number, now: number): boolean => then > now + CLOCKS_DIFFER_MS

/**
 * The same order, but what a wrong clock has dated to the future comes last.
 * @param newestFirst so that what lies ahead comes first, and nothing else is looked at
 * @param timeOf when an item was made; like `now` in ms since 1970
 */
export function futureLast<Item>(newestFirst: readonly Item[], timeOf: (item: Item) => number, now: number): readonly Item[] {
  const first = newestFirst.findIndex((item) => !isAhead(timeOf(item), now))
  return first <= 0 ? newestFirst : [...newestFirst.slice(first), ...newestFirst.slice(0, first)]
}
