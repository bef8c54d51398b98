import { expect, test } from 'vitest'
import { futureLast, isAhead } from '../../../../src-engine/format/dates.ts'

const NOW = Date.parse('2026-11-29T12:00:00.000Z')
const MINUTE_MS = 60_000

test('clocks may differ by a minute before a time counts as the future', () => {
  expect([NOW - 1, NOW + MINUTE_MS, NOW + MINUTE_MS + 1].map((then) => isAhead(then, NOW))).toEqual([false, false, true])
})

test('what a wrong clock has dated to the future comes last; the order is kept otherwise', () => {
  const [future, far, newer, older] = [NOW + 3 * MINUTE_MS, NOW + 9 * MINUTE_MS, NOW - MINUTE_MS, NOW - 5 * MINUTE_MS]
  expect(futureLast([far, future, newer, older], (time) => time, NOW)).toEqual([newer, older, far, future])
})
