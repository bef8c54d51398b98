import fc from 'fast-check'
import { expect, test } from 'vitest'
import { unitPoints } from '../../../../src-engine/sweep/points.ts'
import { MOST_DIMENSIONS, sobol } from '../../../../src-engine/sweep/sobol.ts'

const dimensions = Array.from({ length: MOST_DIMENSIONS }, (_, dimension) => dimension)

test('the first points agree with the literature', () => {
  const points = Array.from({ length: 8 }, (_, index) => [0, 1, 2].map((dimension) => sobol(index, dimension) * 2 ** -32))
  expect(points).toEqual([
    [0, 0, 0], [0.5, 0.5, 0.5], [0.75, 0.25, 0.25], [0.25, 0.75, 0.75],
    [0.375, 0.375, 0.625], [0.875, 0.875, 0.125], [0.625, 0.125, 0.875], [0.125, 0.625, 0.375],
  ])
})

/** scipy 1.17, `qmc.Sobol(16, scramble=False, bits=32)`. */
test.each([
  [100, [
    1778384896, 1107296256, 3321888768, 3120562176, 3791650816, 3187671040, 100663296, 2046820352, 2717908992, 2986344448,
    1979711488, 2919235584, 2046820352, 3657433088, 1375731712, 2113929216,
  ]],
  [255, [
    16777216, 4278190080, 3305111552, 2466250752, 2634022912, 4211081216, 3808428032, 754974720, 1895825408, 1526726656,
    587202560, 721420288, 855638016, 2734686208, 2634022912, 2231369728,
  ]],
])('point %i agrees with an independent implementation in all dimensions', (index, point) => {
  expect(dimensions.map((dimension) => sobol(index, dimension))).toEqual(point)
})

test.each(dimensions)('dimension %i has one of the first 2^k points in each of 2^k equal intervals', (dimension) => {
  for (const bits of [1, 4, 8]) {
    const intervals = Array.from({ length: 2 ** bits }, (_, index) => sobol(index, dimension) >>> (32 - bits))
    expect(new Set(intervals).size).toBe(2 ** bits)
  }
})

test('the first two dimensions have one point in each elementary box of the same area', () => {
  const bits = 6
  for (let across = 0; across <= bits; across++) {
    const boxes = Array.from({ length: 2 ** bits }, (_, index) =>
      `${Math.floor(sobol(index, 0) * 2 ** (across - 32))} ${Math.floor(sobol(index, 1) * 2 ** (bits - across - 32))}`)
    expect(new Set(boxes).size).toBe(2 ** bits)
  }
})

test('a shifted sequence is just as even, and another seed gives other points', () => {
  fc.assert(fc.property(fc.nat(), fc.nat(), (seed, other) => {
    const points = unitPoints({ sequence: 'sobol', count: 64, seed }, 3)
    for (const dimension of [0, 1, 2]) expect(new Set(points.map((point) => Math.floor(64 * point[dimension]!))).size).toBe(64)
    if (seed !== other) expect(unitPoints({ sequence: 'sobol', count: 64, seed: other }, 3)).not.toEqual(points)
  }))
})

test.each(['sobol', 'random'] as const)('a longer list of %s points starts with the same points', (sequence) => {
  const few = unitPoints({ sequence, count: 5, seed: 7 }, 4)
  expect(unitPoints({ sequence, count: 20, seed: 7 }, 4).slice(0, 5)).toEqual(few)
})
