import { expect, test } from 'vitest'
import { groupedRows, significanceMark } from '../../../../src-engine/statistics/grouped-rows.ts'
import { holm } from '../../../../src-engine/statistics/holm.ts'
import { signFlipTest } from '../../../../src-engine/statistics/paired.ts'
import { permutationTest } from '../../../../src-engine/statistics/two-sample.ts'

const group = (losses: number[], first = 1) => losses.map((loss, index) => ({ seed: first + index, loss }))
const seeds = Array.from({ length: 12 }, (_, index) => index)
const best = seeds.map((seed) => 0.1 + seed / 1000)
const worse = best.map((loss, index) => loss + 0.01 + index / 5000)
const close = best.map((loss, index) => loss + (index % 2 === 0 ? 0.002 : -0.0015))

test('tests every group against the lowest mean, seed by seed, and corrects by Holm', () => {
  const rows = groupedRows([group(worse), group(best), group(close)])
  expect(rows.map(({ isBest }) => isBest)).toEqual([false, true, false])
  expect(rows[1]).toMatchObject({ sample: { n: 12, mean: expect.closeTo(0.1055, 12) }, test: null })
  const p = [worse, close].map((losses) => signFlipTest(losses.map((loss, index) => loss - best[index]!)))
  const corrected = holm(p)
  expect(rows[0]!.test).toEqual({ kind: 'paired', p: p[0], leastP: 2 ** -11, corrected: corrected[0] })
  expect(rows[2]!.test).toEqual({ kind: 'paired', p: p[1], leastP: 2 ** -11, corrected: corrected[1] })
  expect(significanceMark(rows[0]!.test!)).toBe('***')
  expect(significanceMark(rows[2]!.test!)).toBe('')
})

test('pairs only the seeds that both groups have', () => {
  const [, other] = groupedRows([group([1, 2, 3], 1), group([5, 9, 7], 2)])
  expect(other!.test).toMatchObject({ kind: 'paired', p: signFlipTest([5 - 2, 9 - 3]) })
})

test('tests groups without a shared seed as independent samples', () => {
  const [, other] = groupedRows([group([1, 2, 3], 1), group([5, 9, 7], 10)])
  expect(other!.test).toMatchObject({ kind: 'permutation', p: permutationTest([5, 9, 7], [1, 2, 3]).p })
})

test.for<[string, { seed: number; loss: number }[]]>([
  ['a loss is NaN', group([NaN, 2, 3])],
  ['a loss is infinite', group([Infinity, 2, 3])],
  ['a seed occurs twice', [{ seed: 1, loss: 4 }, { seed: 1, loss: 5 }]],
  ['the samples are independent and large', group(seeds.concat(seeds).map((k) => 5 + k), 100)],
])('tests nothing if %s', ([, runs]) => {
  const rows = groupedRows([group([1, 1.5, 2]), runs])
  expect(rows[1]).toMatchObject({ isBest: false, test: null })
  expect(rows[0]).toMatchObject({ isBest: true, test: null })
})

test('has several best rows where means are equal, and none where all are NaN', () => {
  const equal = groupedRows([group([2, 4]), group([3, 3])])
  expect(equal.map(({ isBest, test: made }) => [isBest, made])).toEqual([[true, null], [true, null]])
  expect(groupedRows([group([NaN]), group([NaN, 1])]).map(({ isBest }) => isBest)).toEqual([false, false])
  expect(groupedRows([])).toEqual([])
})

test.for([
  [0.0009, '***'], [0.001, '**'], [0.0099, '**'], [0.01, '*'], [0.049, '*'], [0.05, ''], [NaN, ''],
] as const)('p = %d has the mark %j', ([corrected, mark]) => {
  expect(significanceMark({ kind: 'paired', p: 0, leastP: null, corrected })).toBe(mark)
})
