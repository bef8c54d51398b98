import { expect, it } from 'vitest'
import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { baselinesOf, targetOf } from '../../../../src-engine/task/laws.ts'

const signalOf = (samples: number[]) => parseSpec({
  task: { kind: 'signal', file: 'x.csv', samples, patterns: 2, steps: 50, normalise: 'none' },
}, 'test').task

it('are the mean square and the variance of the targets over all patterns', () => {
  const { task, seed } = parseSpec({ task: { kind: 'sinusoids', patterns: 3, steps: 200 } }, 'test')
  const all = [0, 1, 2].flatMap((pattern) => [...targetOf(task, seed, pattern)])
  const mean = all.reduce((sum, y) => sum + y, 0) / all.length
  const { zero, constant } = baselinesOf(task, seed)
  expect(zero).toBeCloseTo(all.reduce((sum, y) => sum + y * y, 0) / all.length, 12)
  expect(constant).toBeCloseTo(all.reduce((sum, y) => sum + (y - mean) ** 2, 0) / all.length, 12)
})

it('differ where the targets have an offset, as an imported signal may', () => {
  expect(baselinesOf(signalOf(Array.from({ length: 100 }, (_, t) => 400 + (t % 2))), 1)).toMatchObject({
    zero: expect.closeTo(400.5 ** 2, -3), constant: expect.closeTo(0.2, 0),
  })
  const { zero, constant } = baselinesOf(signalOf([0.1, 0.1, 0.1, 0.1, 0.1]), 1)
  expect(zero).toBeCloseTo(0.01, 12)
  expect(constant).toBeLessThan(1e-12 * zero)
})
