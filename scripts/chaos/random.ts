/** A repeatable source of chance. */
export interface Chance {
  /** From 0 to 1, without 1. */
  number(): number
  between(least: number, most: number): number
  /** From 0 to `count` − 1. */
  index(count: number): number
  oneOf<Item>(items: readonly Item[]): Item
}

/** The generator mulberry32. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const number = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const index = (count: number) => Math.floor(number() * count)
  const between = (least: number, most: number) => least + number() * (most - least)
  return { number, index, between, oneOf: (items) => items[index(items.length)]! }
}
