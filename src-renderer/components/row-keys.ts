const targets: Readonly<Record<string, (at: number, page: number, last: number) => number>> = {
  ArrowDown: (at) => at + 1,
  ArrowUp: (at) => at - 1,
  PageDown: (at, page) => at + page,
  PageUp: (at, page) => at - page,
  Home: () => 0,
  End: (_at, _page, last) => last,
}

/**
 * Row that a key leads to from the row `at`; null if it is no key that moves, or if there is no row.
 * @param page rows that a page key moves by
 */
export function rowOfKey(key: string, at: number, page: number, count: number): number | null {
  if (!Object.hasOwn(targets, key) || count === 0) return null
  return Math.min(count - 1, Math.max(0, targets[key]!(at, page, count - 1)))
}
