import { randomInt } from 'node:crypto'

const TIME_DIGITS = 9
const RANDOM_DIGITS = 4

/** A short name for a new run: milliseconds since 1970 in base 36, then chance. Later runs sort after earlier ones. */
export function newRunId(now = Date.now()): string {
  const time = now.toString(36).padStart(TIME_DIGITS, '0')
  const chance = randomInt(36 ** RANDOM_DIGITS).toString(36).padStart(RANDOM_DIGITS, '0')
  return time + chance
}
