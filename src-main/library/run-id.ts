import { randomInt } from 'node:crypto'

const TIME_DIGITS = 9
const RANDOM_DIGITS = 4
const RANDOM_IDS = 36 ** RANDOM_DIGITS

/** A short name for a new run: milliseconds since 1970 in base 36, then chance. Later runs sort after earlier ones. */
export const newRunId = (now = Date.now()): string => newRunIds(1, now)[0]

/**
 * Names for runs of one moment, in their order. Chance gives the first, and the others follow it: of ten thousand that were drawn
 * each by itself, some would be the same.
 */
export function newRunIds(count: number, now = Date.now()): string[] {
  const time = now.toString(36).padStart(TIME_DIGITS, '0')
  const first = randomInt(RANDOM_IDS - count + 1)
  return Array.from({ length: count }, (_, index) => time + (first + index).toString(36).padStart(RANDOM_DIGITS, '0'))
}
