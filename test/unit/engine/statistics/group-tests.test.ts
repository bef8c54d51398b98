import { describe, expect, it } from 'vitest'
import { testGroups, testWarnings } from '../../../../src-engine/statistics/group-tests.ts'

const a = [2.1, 1.9, 2.4, 2.0, 2.6, 1.7, 2.2, 2.3, 1.8, 2.5]
const b = [2.9, 2.2, 3.1, 2.4, 3.3, 1.9, 2.8, 2.6, 2.7, 3.0]
const c = [2.0, 2.0, 2.5, 1.9, 2.9, 1.6, 2.4, 2.2, 1.9, 2.6]
const seeded = (values: readonly number[]) => values.map((value, index) => ({ seed: index + 1, value }))
const groups = [a, b, c].map(seeded)

describe('groups tested against a base', () => {
  it('are paired by seed', () => {
    const [base, first, second] = testGroups(groups, 0, 'paired')
    expect(base).toEqual({ test: null, reason: 'the base' })
    // scipy.stats.permutation_test(…, permutation_type='samples', n_resamples=numpy.inf)
    expect(first!.test).toMatchObject({ n: [10], p: 0.001953125, corrected: 0.00390625, leastP: 2 / 1024 })
    expect(second!.test!.p).toBeCloseTo(0.408203125, 12)
    expect(first!.test!.difference).toBeCloseTo(0.54, 12)
    // scipy.stats.bootstrap of the differences, percentile: to 1 % of its width.
    expect(first!.test!.interval![0]).toBeCloseTo(0.4, 2)
    expect(first!.test!.interval![1]).toBeCloseTo(0.6799999999999999, 2)
  })

  it('are independent samples', () => {
    const [, first, second] = testGroups(groups, 0, 'unpaired')
    expect(first!.test).toMatchObject({ n: [10, 10], leastP: 2 / 184_756 })
    // scipy.stats.permutation_test(…, permutation_type='independent', n_resamples=numpy.inf)
    expect(first!.test!.p).toBeCloseTo(0.006430102405334604, 12)
    expect(second!.test!.p).toBeCloseTo(0.8006126999935049, 12)
    expect(first!.test!.corrected).toBeCloseTo(2 * 0.006430102405334604, 12)
    expect(first!.test!.interval![0]).toBeCloseTo(0.22999999999999954, 1)
    expect(first!.test!.interval![1]).toBeCloseTo(0.8400000000000003, 1)
  })

  it('have no test where runs cannot be paired, and say why', () => {
    const reason = (group: { seed: number; value: number }[]) => testGroups([seeded(a), group], 0, 'paired')[1]!.reason
    expect(reason([{ seed: 99, value: 1 }])).toBe('no seed in common with the base')
    expect(reason([{ seed: 1, value: 1 }, { seed: 1, value: 2 }])).toBe('a seed occurs twice in a group, so runs cannot be paired')
  })

  it('warn of few seeds and of a correction that hides everything', () => {
    const few = groups.map((group) => group.slice(0, 3))
    expect(testWarnings([3, 3, 3], testGroups(few, 0, 'paired'), 'paired'))
      .toEqual(['n = 3. Use at least 10 seeds per group. A paired test of so few cannot give p below 0.250.'])
    const many = Array.from({ length: 30 }, () => seeded(a))
    expect(testWarnings([10], testGroups(many, 0, 'paired'), 'paired'))
      .toEqual(['29 groups are tested, so Holm\'s correction cannot give p below 0.0566.'])
    expect(testWarnings([10, 10, 10], testGroups(groups, 0, 'paired'), 'paired')).toEqual([])
  })
})
