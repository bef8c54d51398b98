import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gapsOf } from '../../../../src-engine/charts/gaps.ts'

const indices = (length: number) => Array.from({ length }, (_, index) => index)
const curve = (y: number[]) => ({ x: indices(y.length), y })

describe('gapsOf', () => {
  it('marks NaN and infinities, with an entry of the key and a note', () => {
    const { marks, key, notes } = gapsOf([curve([1, 2, NaN, 4, 5, -Infinity])], '#123456')
    expect(marks).toMatchObject([{ side: 'bottom', shape: 'cross', at: [2, 5], entry: 'Not drawn' }])
    expect(key).toMatchObject([{ text: 'Not drawn', symbol: 'cross' }])
    expect(notes).toEqual(['× 2 values not finite'])
  })

  it('counts values that a log axis cannot show', () => {
    expect(gapsOf([curve([1, 0, -2, 3])], '#123456', true).notes).toEqual(['× 2 values ≤ 0, not shown on a log axis'])
    expect(gapsOf([curve([1, 0, -2, 3])], '#123456')).toEqual({ marks: [], key: [], notes: [] })
  })

  it('marks a place once where several lines have a gap, and counts each', () => {
    const { marks, notes } = gapsOf([curve([NaN, 1]), curve([NaN, NaN])], '#123456')
    expect(marks[0]!.at).toEqual([0, 1])
    expect(notes).toEqual(['× 3 values not finite'])
  })

  it('marks every missing value', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(NaN, 1, 2), { minLength: 1, maxLength: 200 }), (y) => {
      expect(gapsOf([curve(y)], '#123456').marks[0]?.at ?? []).toHaveLength(y.filter(Number.isNaN).length)
    }))
  })
})
