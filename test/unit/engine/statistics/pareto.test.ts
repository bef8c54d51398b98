import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { onParetoFront } from '../../../../src-engine/statistics/pareto.ts'

/** Few distinct values, so that many points tie. */
const points = fc.array(fc.record({ loss: fc.nat(6), set: fc.nat(6) }), { maxLength: 20 })

describe('the Pareto front', () => {
  it('of four arms contains those that no other dominates', () => {
    const four = [{ loss: 1, set: 9 }, { loss: 2, set: 5 }, { loss: 3, set: 5 }, { loss: 4, set: 1 }]
    expect(onParetoFront(four)).toEqual([true, true, false, true])
  })

  it('descends: from fewest SETs to most, each member has the smallest loss so far', () => {
    fc.assert(fc.property(points, (some) => {
      const smallestUpTo = (set: number) => Math.min(...some.filter((other) => other.set <= set).map(({ loss }) => loss))
      const smallestBelow = (set: number) => Math.min(...some.filter((other) => other.set < set).map(({ loss }) => loss))
      const stair = some.map(({ loss, set }) => loss === smallestUpTo(set) && loss < smallestBelow(set))
      expect(onParetoFront(some)).toEqual(stair)
    }))
  })

  it('has no dominated member, and a member dominates every other point', () => {
    fc.assert(fc.property(points, (some) => {
      const front = onParetoFront(some)
      const members = some.filter((_, index) => front[index])
      some.forEach((point, index) => {
        const isWorse = members.some((other) => other !== point && other.loss <= point.loss && other.set <= point.set
          && (other.loss < point.loss || other.set < point.set))
        expect(isWorse).toBe(!front[index])
      })
    }))
  })

  it('contains all of several equal points', () => {
    expect(onParetoFront([{ loss: 1, set: 1 }, { loss: 1, set: 1 }])).toEqual([true, true])
  })

  it('ignores points with a NaN', () => {
    expect(onParetoFront([{ loss: NaN, set: 0 }, { loss: 1, set: 1 }, { loss: 0.5, set: NaN }])).toEqual([false, true, false])
    expect(onParetoFront([])).toEqual([])
  })
})
