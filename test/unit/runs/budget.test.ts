import { expect, test } from 'vitest'
import { diskEstimate } from '../../../src-engine/experiment/estimate.ts'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { Usage } from '../../../src-main/contract/library.ts'
import { refuseOverBudget } from '../../../src-main/runs/budget.ts'

const spec = specSchema.parse({ training: { epochs: 10 } })
const one = diskEstimate(spec)
const SPARE = 16e6

const check = (count: number, pending: number, usage: Partial<Usage>, budget = 1e12) => () => refuseOverBudget(
  Array.from({ length: count }, () => spec), Array.from({ length: pending }, () => spec),
  { fileBytes: 0, freeBytes: 0, diskBytes: null, ...usage } as Usage, { budget },
)

test('runs may fill the size limit of the library exactly, next to what it holds and what queued runs need', () => {
  expect(check(2, 3, { fileBytes: 1000, freeBytes: 400 }, 5 * one + 600)).not.toThrow()
  expect(check(2, 3, { fileBytes: 1000, freeBytes: 400 }, 5 * one + 599)).toThrow(/the 2 runs need about .* size limit/)
})

test('runs may use the free disk space except 16 MB, and the free pages of the library', () => {
  expect(check(1, 2, { diskBytes: 3 * one + SPARE - 500, freeBytes: 500 })).not.toThrow()
  expect(check(1, 2, { diskBytes: 3 * one + SPARE - 501, freeBytes: 500 })).toThrow(/the run needs about .* disk space/)
})

test('says how much is needed and how much is left, never less than nothing', () => {
  expect(check(1, 0, { fileBytes: 9e9 }, 1_200_000_000)).toThrow(/only 0 B of the library's size limit of 1\.2 GB is left/)
  expect(check(1, 0, { diskBytes: SPARE + 2_500 })).toThrow(/only 2\.5 kB of disk space/)
  expect(check(1000, 0, {}, 1_000_000)).toThrow(/size limit of 1 MB/)
  expect(check(1, 0, { fileBytes: 1e9 }, 600_000_000)).toThrow(/size limit of 600 MB/)
  expect(check(1000, 0, {}, 700_000)).toThrow(/size limit of 700 kB/)
  expect(check(1, 0, { fileBytes: 0 }, 1)).toThrow(/only 1 B of the library.s size limit of 1 B is left/)
})
