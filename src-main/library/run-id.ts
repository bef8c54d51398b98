import { randomInt } from 'node:crypto'

const TIME_DIGITS = 9
const RANDOM_DIGITS = 4
const RANDOM_IDS = 36 ** RANDOM_DIGITS

/** Creates a run id: milliseconds since 1970 in base 36, then random digits. Later ids sort after earlier ones. */
export const newRunId = (now = Date.now()): string => newRunIds(1, now)[0]!

/**
 * Creates ids for runs that are created together, in order. Only the first is random and the others count up from it, because ten
 * thousand independent draws would collide.
 */
export function newRunIds(count: number, now = Date.now()): string[] {
  const time = now.toString(36).padStart(TIME_DIGITS, '0')
  const first = randomInt(RANDOM_IDS - count + 1)
  return Array.from({ length: count }, (_, index) => time + (first + index).toString(36).padStart(RANDOM_DIGITS, '0'))
}
