import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapInterval, resamplingDraws } from '../../../../src-engine/statistics/bootstrap.ts'
import { nestedBootstrapInterval } from '../../../../src-engine/statistics/nested-bootstrap.ts'
import { meanOf } from '../../../../src-engine/statistics/samples.ts'
import { Stream } from '../../../../src-engine/random/stream.ts'
import { thorough } from '../../../fixtures/thorough.ts'

const SEEDS = 10
const draws = resamplingDraws(SEEDS)
const value = fc.double({ min: -1e3, max: 1e3, noNaN: true })
const listOf = <Item>(item: fc.Arbitrary<Item>, length: number) => fc.array(item, { minLength: length, maxLength: length })
const matrix = (restarts: number, seeds: number) => listOf(listOf(value, seeds), restarts)
const sizes = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 2, max: SEEDS }))
const losses = sizes.chain(([restarts, seeds]) => matrix(restarts, seeds))
const some = { numRuns: 20 }

/** Losses of restarts with a common effect of each seed and one of each restart, around `mean`. */
type Effects = Record<'mean' | 'ofRestart' | 'ofSeed' | 'ofCell', number>
function drawn(index: number, restarts: number, { mean, ofRestart, ofSeed, ofCell }: Effects) {
  const stream = new Stream(1000 + index, 'sweep points')
  const seeds = Array.from({ length: SEEDS }, (_, seed) => ofSeed * stream.normal(seed, 0))
  return Array.from({ length: restarts }, (_, restart) => {
    const own = mean + ofRestart * stream.normal(restart, 1)
    return seeds.map((seed, place) => own + seed + ofCell * stream.normal(place, restart + 2))
  })
}

const width = (interval: [number, number] | null) => interval![1] - interval![0]

describe('the nested bootstrap', () => {
  it('is the plain bootstrap, bit by bit, for a single restart', () => {
    fc.assert(fc.property(matrix(1, 7), matrix(1, 7), (arm, other) => {
      expect(nestedBootstrapInterval(arm, null, draws)).toEqual(bootstrapInterval(arm[0]!, draws))
      const differences = arm[0]!.map((loss, seed) => loss - other[0]![seed]!)
      expect(nestedBootstrapInterval(arm, other, draws)).toEqual(bootstrapInterval(differences, draws))
    }), some)
  })

  it('contains the mean, and shifts and scales with the losses', () => {
    fc.assert(fc.property(losses, fc.double({ min: -50, max: 50, noNaN: true }), (arm, shift) => {
      const [low, high] = nestedBootstrapInterval(arm, null, draws)!
      const slack = 1e-9 * Math.max(1, ...arm.flat().map(Math.abs))
      expect(low).toBeLessThanOrEqual(meanOf(arm.map(meanOf)) + slack)
      expect(high).toBeGreaterThanOrEqual(meanOf(arm.map(meanOf)) - slack)
      const shifted = nestedBootstrapInterval(arm.map((restart) => restart.map((loss) => 2 * loss + shift)), null, draws)!
      expect(shifted[0]).toBeCloseTo(2 * low + shift, 7)
      expect(shifted[1]).toBeCloseTo(2 * high + shift, 7)
    }), some)
  })

  it('is 0 for the difference of an arm from itself', () => {
    expect(nestedBootstrapInterval([[1, 2, 4]], [[1, 2, 4]], draws)).toEqual([0, 0])
  })

  it('has the variance of the mean over restarts: s²/R, as drawn from restarts without an effect of seeds', () => {
    // Three restarts whose seeds are all equal: the interval is that of the mean of two draws out of {0, 3, 6}.
    const constant = [0, 3, 6].map((loss) => Array<number>(SEEDS).fill(loss))
    expect(nestedBootstrapInterval(constant, null, draws)).toEqual([0, 6])
    // Resampled means are 0, 1.5, 3, 4.5, 6 with shares 1, 2, 3, 2, 1 of 9: their variance is 3 = 9/3.
    const many = Array.from({ length: 30 }, (_, restart) => Array<number>(SEEDS).fill(restart))
    const [low, high] = nestedBootstrapInterval(many, null, draws)!
    const sd = Math.sqrt((30 * 31) / 12 / 30)
    expect((high - low) / (2 * 1.96 * sd)).toBeGreaterThan(0.95)
    expect((high - low) / (2 * 1.96 * sd)).toBeLessThan(1.05)
  })

  it('covers the true mean where the plain bootstrap of one search does not', () => {
    const datasets = thorough ? 400 : 100
    const truth = { mean: 5, ofRestart: 1, ofSeed: 1, ofCell: 0.5 }
    const all = Array.from({ length: datasets }, (_, index) => drawn(index, 5, truth))
    const covers = (interval: [number, number] | null) => interval![0] <= truth.mean && truth.mean <= interval![1]
    const nested = all.filter((data) => covers(nestedBootstrapInterval(data, null, draws))).length / datasets
    const plain = all.filter(([first]) => covers(bootstrapInterval(first!, draws))).length / datasets
    expect(nested).toBeGreaterThan(0.87)
    expect(plain).toBeLessThan(0.7)
  })

  it('grows with the spread of the restarts, and hardly if there is none', () => {
    const none = drawn(1, 5, { mean: 0, ofRestart: 0, ofSeed: 1, ofCell: 0 })
    const far = drawn(1, 5, { mean: 0, ofRestart: 2, ofSeed: 1, ofCell: 0 })
    expect(width(nestedBootstrapInterval(none, null, draws))).toBeCloseTo(width(bootstrapInterval(none[0]!, draws)), 12)
    const [narrow, wide] = [none, far].map((data) => width(nestedBootstrapInterval(data, null, draws)))
    expect(wide).toBeGreaterThan(1.5 * narrow!)
  })

  it('gives no interval without two seeds or with a loss that is not finite, and refuses unequal seeds', () => {
    expect(nestedBootstrapInterval([[1], [2]], null, draws)).toBeNull()
    expect(nestedBootstrapInterval([], null, draws)).toBeNull()
    expect(nestedBootstrapInterval([[1, 2], [3, NaN]], null, draws)).toBeNull()
    expect(() => nestedBootstrapInterval([[1, 2], [3]], null, draws)).toThrow(RangeError)
    expect(() => nestedBootstrapInterval([[1, 2]], [[1, 2, 3]], draws)).toThrow(RangeError)
  })
})
