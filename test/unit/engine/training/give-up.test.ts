import { expect, test } from 'vitest'
import { DIVERGENCE_THRESHOLD } from '../../../../src-engine/experiment/spec.ts'
import { shouldGiveUp } from '../../../../src-engine/training/give-up.ts'

const BASELINE = 0.25
const LIMIT = DIVERGENCE_THRESHOLD * BASELINE
const ends = (giveUpAfter: number, ...losses: number[]) => shouldGiveUp(losses, BASELINE, { giveUpAfter })

test('a run ends after as many diverged epochs in a row as the spec says', () => {
  expect(ends(3, 0.1, 2 * LIMIT, 2 * LIMIT)).toBe(false)
  expect(ends(3, 0.1, 2 * LIMIT, 2 * LIMIT, 2 * LIMIT)).toBe(true)
  expect(ends(3, 2 * LIMIT, 2 * LIMIT, 0.1, 2 * LIMIT)).toBe(false)
  expect(ends(1, 2 * LIMIT)).toBe(true)
})

test('a loss that is not a number or infinite has diverged, one at the threshold has not', () => {
  expect(ends(2, NaN, NaN)).toBe(true)
  expect(ends(3, NaN, Infinity, 2 * LIMIT)).toBe(true)
  expect(ends(2, NaN, LIMIT)).toBe(false)
  expect(ends(2, NaN, LIMIT * (1 + Number.EPSILON))).toBe(true)
})

test('0 means never, and a run is not ended before it has had enough epochs', () => {
  expect(ends(0, NaN, NaN, NaN)).toBe(false)
  expect(ends(0)).toBe(false)
  expect(ends(5, NaN, NaN)).toBe(false)
})
