import { expect, test } from 'vitest'
import type { Outline } from '../../../src-main/library/library.ts'
import { fits, refuseOtherEngine } from '../../../src-main/runs/same-engine.ts'

const here = { engineDigest: 'a'.repeat(64) }
const outline = (engine: string, epochsDone: number, checkpoint: number | null) =>
  ({ engineDigest: engine.repeat(64), summary: { runId: 'run00001', epochsDone, checkpoint } }) as unknown as Outline

test('a run resumes only with the engine that started it, unless it has no results yet', () => {
  expect(fits(outline('a', 5, 10), here)).toBe(true)
  expect(fits(outline('b', 0, null), here)).toBe(true)
  expect(fits(outline('b', 1, null), here)).toBe(false)
  expect(fits(outline('b', 0, 3), here)).toBe(false)
})

test('a refusal names both engines', () => {
  expect(() => refuseOtherEngine(outline('a', 5, 10), here)).not.toThrow()
  expect(() => refuseOtherEngine(outline('b', 5, 10), here)).toThrow(expect.objectContaining({ code: 'other-engine' }))
  expect(() => refuseOtherEngine(outline('b', 5, 10), here)).toThrow(/Run run00001 .*bbbbbbbbbbbb;.*aaaaaaaaaaaa\)/)
})
