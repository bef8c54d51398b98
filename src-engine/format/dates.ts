const MINUTE_MS = 60_000

/**
 * Whether a clock that was wrong has given a time: it lies ahead of now, by more than the clocks of two machines differ. Nobody knows when it
 * really was. Both in ms since 1970.
 */
export const isAhead = (then: number, now: number): boolean => then > now + MINUTE_MS

/**
 * The same order, but what a wrong clock has dated to the future comes last.
 * @param timeOf when an item was made; like `now` in ms since 1970
 */
export function futureLast<Item>(items: readonly Item[], timeOf: (item: Item) => number, now: number): Item[] {
  const isFuture = (item: Item) => isAhead(timeOf(item), now)
  return [...items.filter((item) => !isFuture(item)), ...items.filter(isFuture)]
}
