import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { NumberAxis } from '../../../../src-engine/figure/figure.ts'
import { endsOf, type HasRoom, rowScale, scaleOf } from '../../../../src-engine/figure/scale.ts'

const linear: NumberAxis = { scale: 'linear', name: '' }
const log: NumberAxis = { scale: 'log', name: '' }
const symmetric: NumberAxis = { scale: 'symlog', name: '', threshold: 0.01 }
const anyRoom: HasRoom = () => true
const labelsOf = (axis: NumberAxis, values: number[], hasRoom: HasRoom = anyRoom) =>
  scaleOf(axis, values, hasRoom).ticks.map(({ label }) => label)

const sizes = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 })
const anyValue = fc.oneof(fc.double({ min: -1e9, max: 1e9 }), fc.constantFrom(0, NaN, Infinity, -Infinity))
const anyValues = fc.array(anyValue, { maxLength: 20 })

describe('an axis', () => {
  const axes = [['linear', linear, anyValues], ['logarithmic', log, sizes], ['symlog', symmetric, anyValues]] as const
  it.each(axes)('that is %s covers its data, and its ticks rise from its start to its end', (_, axis, data) => {
    fc.assert(fc.property(data, (values) => {
      const { at, ticks } = scaleOf(axis, values, anyRoom)
      for (const value of values.filter(Number.isFinite)) {
        expect(at(value)).toBeGreaterThanOrEqual(-1e-9)
        expect(at(value)).toBeLessThanOrEqual(1 + 1e-9)
      }
      expect(ticks.length).toBeGreaterThan(0)
      for (const [index, tick] of ticks.entries()) {
        expect(tick.at).toBeGreaterThan(index === 0 ? -1e-9 : ticks[index - 1]!.at)
        expect(tick.at).toBeLessThanOrEqual(1 + 1e-9)
      }
    }))
  })

  it('cannot show what is not finite, nor on a log scale what is not above 0', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      for (const axis of [linear, symmetric]) expect(scaleOf(axis, [1, 2], anyRoom).at(value)).toBeNaN()
    }
    for (const value of [NaN, Infinity, 0, -1]) expect(scaleOf(log, [1, 2], anyRoom).at(value)).toBeNaN()
  })

  it('ends at round numbers, or exactly where the figure says', () => {
    expect(labelsOf(linear, [0.3, 9.7], (ticks) => ticks.length <= 6)).toEqual(['0', '2', '4', '6', '8', '10'])
    const { at } = scaleOf({ ...linear, from: 1, to: 250 }, [3, 4], anyRoom)
    expect([at(1), at(250)]).toEqual([0, 1])
    expect(labelsOf(log, [0.012, 0.4])).toEqual(['0.01', '0.02', '0.05', '0.1', '0.2', '0.5'])
  })

  it('has one fixed end, while the other follows from the data', () => {
    expect(labelsOf({ ...linear, from: 3 }, [4, 9.7], (ticks) => ticks.length <= 6)).toEqual(['4', '6', '8', '10'])
    const { at } = scaleOf({ ...linear, from: 3 }, [4, 9.7], anyRoom)
    expect([at(3), at(10)]).toEqual([0, 1])
    expect(scaleOf({ ...log, to: 3 }, [0.012, 0.4], anyRoom).at(3)).toBe(1)
    expect(scaleOf({ ...log, to: 3 }, [0.012, 0.4], anyRoom).at(0.01)).toBe(0)
    expect(scaleOf({ ...log, from: 0, to: 3 }, [0.012, 0.4], anyRoom).at(0.01)).toBe(0)
  })

  it('keeps a fixed end where the data lie beyond it, are equal or missing', () => {
    fc.assert(fc.property(anyValues, fc.double({ min: -1e6, max: 1e6, noNaN: true }), (values, from) => {
      const { at, ticks } = scaleOf({ ...linear, from }, values, anyRoom)
      expect(at(from)).toBe(0)
      expect(at(from + 1e-6 * Math.max(1, Math.abs(from)))).toBeGreaterThan(0)
      expect(ticks.length).toBeGreaterThan(0)
    }))
    expect(scaleOf({ ...linear, from: 2, to: 2 }, [], anyRoom).at(2)).toBe(0.5)
  })

  it('that counts has all ticks at whole numbers', () => {
    const rows = { ...linear, from: -0.5, to: 99.5, isWhole: true }
    expect(labelsOf(rows, [], (ticks) => ticks.length <= 6)).toEqual(['0', '20', '40', '60', '80'])
    expect(labelsOf({ ...linear, from: 0, isWhole: true }, [2])).toEqual(['0', '1', '2'])
    expect(labelsOf({ ...linear, isWhole: true }, [1, 1.2])).toEqual(['1', '2'])
    expect(labelsOf({ ...log, isWhole: true }, [0.3, 4])).toEqual(['1', '2', '5'])
  })

  it('that is logarithmic has ticks also within a narrow part of a decade', () => {
    expect(labelsOf({ ...log, from: 0.021, to: 0.029 }, [], (ticks) => ticks.length < 6)).toEqual(['0.022', '0.024', '0.026', '0.028'])
  })

  it('that is logarithmic has a tick without label at each digit, or at each decade if their labels skip some', () => {
    const values = (ticks: readonly number[], { at }: { at: (value: number) => number }, among: number[]) =>
      among.filter((value) => ticks.includes(at(value)))
    const fine = scaleOf({ ...log, from: 1, to: 100 }, [], (ticks) => ticks.length < 4)
    const among = Array.from({ length: 99 }, (_, index) => index + 1)
    expect(values(fine.minor, fine, among)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 20, 30, 40, 50, 60, 70, 80, 90])
    expect(fine.minor).toHaveLength(16)
    const labelled = scaleOf({ ...log, from: 1, to: 10 }, [], anyRoom)
    expect(values(labelled.minor, labelled, among)).toEqual([3, 4, 6, 7, 8, 9])
    const coarse = scaleOf({ ...log, from: 1, to: 1e6 }, [], (ticks) => ticks.length < 5)
    expect(coarse.ticks.map(({ label }) => label)).toEqual(['1', '100', '10⁴', '10⁶'])
    expect(coarse.minor).toEqual([10, 1000, 1e5].map(coarse.at))
    expect(scaleOf(linear, [0, 1], anyRoom).minor).toEqual([])
  })

  it('shows fewer ticks where labels have no room', () => {
    expect(labelsOf(log, [0.012, 40], (ticks) => ticks.length < 6)).toEqual(['0.01', '0.1', '1', '10'])
    expect(labelsOf(linear, [0, 10], (ticks) => ticks.length < 4)).toEqual(['0', '5', '10'])
  })

  it('counts rows from the top', () => {
    const { at, ticks } = rowScale({ scale: 'category', name: '', categories: ['a', 'b'] })
    expect([at(0), at(1)]).toEqual([0.75, 0.25])
    expect(ticks).toEqual([{ at: 0.75, label: 'a' }, { at: 0.25, label: 'b' }])
  })
})

describe('endsOf', () => {
  it('are the ends of the scale', () => {
    const axis = { scale: 'linear', name: '', from: 0 } as const
    const [from, to] = endsOf(axis, [3, 7])
    expect([from, to]).toEqual([0, 8])
    expect([from, to].map(scaleOf(axis, [3, 7], anyRoom).at)).toEqual([0, 1])
  })

  it('of a log axis are positive, even if all values are next to 0', () => {
    const [from, to] = endsOf({ scale: 'log', name: '' }, [5e-324, 0, -1])
    expect(from).toBeGreaterThan(0)
    expect(to).toBeGreaterThan(from)
  })
})

describe('an axis with texts', () => {
  const axis = { scale: 'linear', name: '', from: -0.5, to: 2.5, labels: ['a', 'b', 'c'] } as const

  it('has them at 0, 1, 2, and leaves out every second where they would touch', () => {
    expect(scaleOf(axis, [], () => true).ticks).toEqual([1 / 6, 0.5, 5 / 6].map((at, index) => ({ at: expect.closeTo(at, 12), label: 'abc'[index] })))
    expect(scaleOf(axis, [], ({ length }) => length < 3).ticks.map(({ label }) => label)).toEqual(['a', 'c'])
  })
})
