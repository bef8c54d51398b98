import { expect, it } from 'vitest'
import { fuzz, kindNames } from '../fuzz/fuzz.ts'
import { thorough } from '../fixtures/thorough.ts'

/** `npm run test:fuzz` reads more, of another seed each time. */
const inputs = thorough ? 1000 : 40

it.each(kindNames)('changed files of kind %s are read as they are written or refused, in bounded time and memory', async (kind) => {
  const { read, refused, faults } = await fuzz(kind, { inputs, seed: 1 })
  expect(faults).toEqual([])
  expect(read + refused).toBeGreaterThanOrEqual(inputs)
  expect(refused).toBeGreaterThan(0)
}, thorough ? 3_600_000 : 120_000)
