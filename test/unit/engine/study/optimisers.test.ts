import { describe, expect, it } from 'vitest'
import { Stream } from '../../../../src-engine/random/stream.ts'
import type { Point } from '../../../../src-engine/study/box.ts'
import { proposals } from '../../../../src-engine/study/optimisers.ts'
import { type Optimiser, optimisers } from '../../../../src-engine/study/study.ts'

type Objective = (point: Point) => number
const DIMENSIONS = 9
const COUNT = 12
const BATCHES = 5

/** Its smallest value, 0, is inside the cube but not in its middle. The axes differ by a factor of 100. */
const ellipsoid: Objective = (point) =>
  point.reduce((sum, x, k) => sum + 10 ** ((2 * k) / (DIMENSIONS - 1)) * (x - 0.3 - 0.05 * k) ** 2, 0)
const rosenbrock: Objective = (point) => {
  const x = point.map((position) => 4 * position - 1.7)
  return x.slice(1).reduce((sum, next, k) => sum + (100 * (next - x[k]! ** 2) ** 2 + (1 - x[k]!) ** 2) / 100, 0)
}
/** Like the losses of a search: a bowl beside settings that diverge and settings that are silent. */
const cliffs: Objective = (point) =>
  (point[0]! + point[1]! > 1.3 ? 1000 : point[2]! < 0.2 ? 0.5 : point.reduce((sum, x, k) => sum + (x - 0.35 - 0.03 * k) ** 2, 0))

/** True value of the point that looks best after all batches, with relative noise on every evaluation. */
function search(optimiser: Optimiser, objective: Objective, seed: number, noise: number): number {
  const stream = new Stream(seed, 'sign flips')
  const tried: { point: Point; seen: number }[] = []
  for (let batch = 0; batch < BATCHES; batch++) {
    const ordered = tried.toSorted((a, b) => a.seen - b.seen).map(({ point }) => point)
    for (const point of proposals(optimiser, { ordered, dimensions: DIMENSIONS, count: COUNT, seed, batch, batches: BATCHES })) {
      tried.push({ point, seen: objective(point) * (1 + noise * stream.normal(tried.length, 0)) })
    }
  }
  return objective(tried.toSorted((a, b) => a.seen - b.seen)[0]!.point)
}

const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
const medianOf = (optimiser: Optimiser, objective: Objective, noise: number) =>
  median(Array.from({ length: 21 }, (_, index) => search(optimiser, objective, index + 1, noise)))

describe('the optimisers', () => {
  it.each(optimisers)('%s proposes points of the cube, the same for the same input, others for another seed or batch', (optimiser) => {
    const known = {
      ordered: Array.from({ length: 24 }, (_, k) => Array.from({ length: 3 }, (_x, d) => ((k * 7 + d * 5) % 24) / 24)),
      dimensions: 3, count: 20, seed: 1, batch: 4, batches: 5,
    }
    const points = proposals(optimiser, known)
    expect(points).toHaveLength(20)
    for (const point of points) for (const x of point) expect(x >= 0 && x <= 1).toBe(true)
    expect(proposals(optimiser, known)).toEqual(points)
    expect(proposals(optimiser, { ...known, seed: 2 })).not.toEqual(points)
    expect(proposals(optimiser, { ...known, batch: 5 })).not.toEqual(points)
  })

  it('gaussian starts with even points until it has eight, and never repeats them', () => {
    const known = { ordered: [], dimensions: 2, count: 4, seed: 1, batches: 5 }
    const [first, second] = [0, 1].map((batch) => proposals('gaussian', { ...known, batch }))
    expect(new Set([...first!, ...second!].map(String)).size).toBe(8)
  })

  it('gaussian needs only the order of the points', () => {
    const known = { dimensions: 2, count: 4, seed: 1, batch: 2, batches: 5 }
    const ordered = Array.from({ length: 10 }, (_, k) => [k / 10, 1 - k / 10])
    expect(proposals('gaussian', { ...known, ordered })).not.toEqual(proposals('gaussian', { ...known, ordered: ordered.toReversed() }))
  })

  it.each([
    ['an ellipsoid', ellipsoid, 0.1], ['Rosenbrock', rosenbrock, 0.1], ['cliffs', cliffs, 0.1], ['a noisy ellipsoid', ellipsoid, 0.3],
    ['noisy Rosenbrock', rosenbrock, 0.3],
  ] as const)('gaussian finds at most half the value of the others with equal trials: %s', (_, objective, noise) => {
    const [gaussian, ...others] = optimisers.map((optimiser) => medianOf(optimiser, objective, noise))
    for (const other of others) expect(gaussian).toBeLessThan(other! / 2)
  })
})
