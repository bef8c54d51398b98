import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { importances, numberLevels, ranksOf } from '../../../../src-engine/statistics/importance.ts'

/** Mean squares of a one-way analysis of variance, from its definition. */
function omegaOf(levels: readonly string[], values: readonly number[]): number {
  const mean = (own: readonly number[]) => own.reduce((sum, one) => sum + one, 0) / own.length
  const groups = [...new Set(levels)].map((level) => values.filter((_, index) => levels[index] === level))
  const between = groups.reduce((sum, own) => sum + own.length * (mean(own) - mean(values)) ** 2, 0)
  const within = groups.reduce((sum, own) => sum + own.reduce((inner, one) => inner + (one - mean(own)) ** 2, 0), 0)
  const square = within / (values.length - groups.length)
  return Math.max(0, (between - (groups.length - 1) * square) / (between + within + square))
}

describe('parameter importance', () => {
  it('is ω² of the ranks', () => {
    const runs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.double({ noNaN: true })), { minLength: 8, maxLength: 30 })
    fc.assert(fc.property(runs, (pairs) => {
      const [levels, values] = [pairs.map(([level]) => level), pairs.map(([, value]) => value)]
      const ranks = ranksOf(values)
      fc.pre(new Set(ranks).size > 1)
      expect(importances([levels], values)[0]!.share).toBeCloseTo(omegaOf(levels, ranks), 9)
    }))
  })

  it('finds the parameter that decides, and nothing in one that does not', () => {
    const seeds = [0, 0.1, 0.2]
    const grid = [1, 2, 3].flatMap((one) => ['x', 'y'].flatMap((other) => seeds.map((seed) => ({ one, other, value: one + seed }))))
    const levels = [grid.map(({ one }) => String(one)), grid.map(({ other }) => other)]
    const [deciding, idle] = importances(levels, grid.map(({ value }) => value))
    expect(deciding!.share).toBeGreaterThan(0.8)
    expect(idle).toEqual({ share: 0, levels: 2 })
  })

  it('is 0 where all runs are equal or have a level of their own', () => {
    expect(importances([['a', 'b']], [1, 1])).toEqual([{ share: 0, levels: 2 }])
    expect(importances([['a', 'b']], [1, 2])).toEqual([{ share: 0, levels: 2 }])
  })
})

it('ranks share their mean, and runs that are no number are last', () => {
  // scipy.stats.rankdata of the finite ones
  expect(ranksOf([3, 1, 3, NaN, 2, Infinity])).toEqual([3.5, 1, 3.5, 5.5, 2, 5.5])
})

it('many numbers are five levels of equal size', () => {
  expect(numberLevels([1, 2, 1])).toEqual(['1', '2', '1'])
  const levels = numberLevels(Array.from({ length: 20 }, (_, index) => 20 - index))
  expect([...Map.groupBy(levels, (level) => level).values()].map(({ length }) => length)).toEqual([4, 4, 4, 4, 4])
})
