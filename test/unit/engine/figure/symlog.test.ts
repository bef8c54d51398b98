import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberAxis } from '../../../../src-engine/figure/figure.ts'
import { scaleOf } from '../../../../src-engine/figure/scale.ts'
import { symlog, symlogEnds, thresholdFor, unsymlog } from '../../../../src-engine/figure/symlog.ts'

const axis: NumberAxis = { scale: 'symlog', name: '', threshold: 0.01 }
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true })
const anyValue = fc.double({ min: -1e12, max: 1e12, noNaN: true })

describe('symlog', () => {
  it('is that of matplotlib', () => {
    // SymmetricalLogTransform of base 10 and linscale 1.
    const theirs = (value: number, threshold: number) => {
      const size = Math.abs(value)
      return size <= threshold
        ? (value * (1 / (1 - 0.1))) / threshold
        : Math.sign(value) * (1 / (1 - 0.1) + Math.log(size / threshold) / Math.log(10))
    }
    fc.assert(fc.property(anyValue, positive, (value, threshold) => {
      expect(symlog(value, threshold)).toBeCloseTo(theirs(value, threshold), 9)
    }))
  })

  it('is undone by its inverse, rises, and has the sign of the value', () => {
    fc.assert(fc.property(anyValue, anyValue, positive, (one, other, threshold) => {
      const back = unsymlog(symlog(one, threshold), threshold)
      expect(Math.abs(back - one)).toBeLessThanOrEqual(1e-12 * Math.abs(one) + 1e-300)
      expect(symlog(-one, threshold)).toBe(-symlog(one, threshold))
      if (one < other) expect(symlog(one, threshold)).toBeLessThanOrEqual(symlog(other, threshold))
    }))
  })
})

describe('a symlog axis', () => {
  const labelsOf = (values: number[], most = 10, some: Partial<NumberAxis> = {}) =>
    scaleOf({ ...axis, ...some }, values, ({ length }) => length <= most).ticks.map(({ label }) => label)

  it('ends at 0, at its threshold, or at a round number', () => {
    expect(symlogEnds(axis, [0.001, 0.3])).toEqual([0, 0.5])
    expect(symlogEnds(axis, [-0.001, 7])).toEqual([-0.01, 10])
    expect(symlogEnds(axis, [-30, -0.05])).toEqual([-50, -0.05])
    expect(symlogEnds({ ...axis, from: -3, to: 4 }, [9])).toEqual([-3, 4])
  })

  it('has ticks at 0 and at powers of ten of both signs, fewer where labels have no room', () => {
    expect(labelsOf([-1, 10])).toEqual(['−1', '−0.1', '−0.01', '0', '0.01', '0.1', '1', '10'])
    expect(labelsOf([-1, 10], 5)).toEqual(['−1', '−0.01', '0', '0.01', '1'])
    expect(labelsOf([0, 0.1])).toEqual(['0', '0.01', '0.02', '0.05', '0.1'])
    expect(labelsOf([0, 1e4], 4)).toEqual(['0', '0.01', '10', '10⁴'])
  })

  it('has even ticks within its linear part', () => {
    expect(labelsOf([], 6, { from: 0.001, to: 0.006 })).toEqual(['0.001', '0.002', '0.003', '0.004', '0.005', '0.006'])
  })

  it('has a tick without label at each digit beyond the threshold', () => {
    const { minor, at } = scaleOf({ ...axis, from: 0, to: 0.1 }, [], () => true)
    expect(minor).toEqual([0.03, 0.04, 0.06, 0.07, 0.08, 0.09].map(at))
  })

  it('shows equal ratios as equal lengths beyond the threshold, and equal differences within it', () => {
    const { at } = scaleOf(axis, [-100, 100], () => true)
    expect(at(10) - at(1)).toBeCloseTo(at(1) - at(0.1), 12)
    expect(at(0.01) - at(0)).toBeCloseTo(at(0) - at(-0.01), 12)
    expect(at(0.01) - at(0.005)).toBeCloseTo(at(0.005) - at(0), 12)
  })
})

describe('the threshold that follows from the data', () => {
  it('is a power of ten three decades below the largest value', () => {
    expect([[0.4, -3], [NaN, 1], [-2500, 7], [0], []].map(thresholdFor)).toEqual([0.001, 0.001, 1, 1, 1])
  })
})
