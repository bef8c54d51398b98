import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ranked, roundsOf } from '../../../../src-engine/sweep/halving.ts'

test('27 arms with a third kept', () => {
  for (const keep of [1 / 3, 0.3333]) {
    expect(roundsOf({ firstEpochs: 10, keep }, 27, 250)).toEqual([
      { arms: 27, epochs: 10 }, { arms: 9, epochs: 30 }, { arms: 3, epochs: 90 }, { arms: 1, epochs: 250 },
    ])
  }
})

test('rounds grow longer with fewer arms, and the last ends with the experiment', () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 100 }),
    fc.double({ min: 0.05, max: 0.95, noNaN: true }), fc.integer({ min: 1, max: 500 }),
    (arms, firstEpochs, keep, more) => {
      const epochs = firstEpochs + more
      const rounds = roundsOf({ firstEpochs, keep }, arms, epochs)
      expect(rounds[0]!.arms).toBe(arms)
      expect(rounds.at(-1)!.epochs).toBe(epochs)
      rounds.slice(1).forEach((round, index) => {
        expect(round.epochs).toBeGreaterThan(rounds[index]!.epochs)
        expect(round.arms).toBeLessThan(rounds[index]!.arms)
        expect(round.arms).toBeGreaterThanOrEqual(1)
      })
    },
  ))
})

test('the smallest loss ranks first, NaN ranks last, and equal losses keep their order', () => {
  expect(ranked([0.3, NaN, 0.1, Infinity, 0.3])).toEqual([2, 0, 4, 1, 3])
})
