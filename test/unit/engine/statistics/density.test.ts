import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { densityOf } from '../../../../src-engine/statistics/density.ts'

const sample = fc.array(fc.integer({ min: -1000, max: 1000 }).map((value) => value / 10), { minLength: 3, maxLength: 30 })
  .filter((values) => new Set(values).size > 1)
/** By the points alone, since the curve is nearly 0 at both ends. */
const areaOf = ({ x, density }: { x: Float64Array; density: Float64Array }) =>
  density.reduce((sum, each) => sum + each, 0) * (x[1]! - x[0]!)

describe('a kernel density', () => {
  it('is the mean of Gaussian curves around the values', () => {
    fc.assert(fc.property(sample, (values) => {
      const { x, density, bandwidth } = densityOf(values)!
      for (const at of [0, 40, 80, 160]) {
        const curves = values.map((value) =>
          Math.exp(-(((x[at]! - value) / bandwidth) ** 2) / 2) / (bandwidth * Math.sqrt(2 * Math.PI)))
        const mean = curves.reduce((sum, each) => sum + each, 0) / values.length
        expect(Math.abs(density[at]! - mean)).toBeLessThan(1e-12 * (1 / bandwidth))
      }
    }))
  })

  it('has an area of 1, and no order of the values matters', () => {
    const values = [0.3, 0.1, 0.25, 0.7, 0.4, 0.33]
    expect(areaOf(densityOf(values)!)).toBeCloseTo(1, 2)
    expect(densityOf(values.toReversed())).toEqual(densityOf(values))
  })

  it('has the bandwidth of nrd0 in R', () => {
    // bw.nrd0(1:5) and bw.nrd0(c(1, 1, 1, 1, 5)), whose quartiles are equal
    expect(densityOf([1, 2, 3, 4, 5])!.bandwidth).toBeCloseTo(0.973_584_6, 6)
    expect(densityOf([1, 1, 1, 1, 5])!.bandwidth).toBeCloseTo(0.9 * Math.sqrt(3.2) * 5 ** -0.2, 12)
  })

  it('counts a value as often as it is told', () => {
    const often = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 30, maxLength: 30 })
    fc.assert(fc.property(sample, often, (values, counts) => {
      const repeated = values.flatMap((value, index) => new Array<number>(counts[index]!).fill(value))
      const [one, other] = [densityOf(values, { counts })!, densityOf(repeated)!]
      expect(one.bandwidth).toBeCloseTo(other.bandwidth, 9)
      one.density.forEach((each, index) => expect(each).toBeCloseTo(other.density[index]!, 9))
    }))
  })

  it('keeps to its range and its least bandwidth', () => {
    const { x, bandwidth } = densityOf([1, 2, 3], { range: [0, 10], least: 4 })!
    expect([x[0], x.at(-1), bandwidth]).toEqual([0, 10, 4])
  })

  it('needs two values that differ, or a least bandwidth', () => {
    for (const values of [[], [1], [2, 2, 2], [1, NaN], [1, Infinity]]) expect(densityOf(values)).toBeNull()
    expect(densityOf([2, 2], { least: 1 })!.bandwidth).toBe(1)
    expect(densityOf([], { least: 1 })).toBeNull()
    expect(densityOf([1, 2, NaN])).toEqual(densityOf([1, 2]))
  })
})
