import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clipped, isInside } from '../../../../src-engine/figure/page/clip.ts'
import type { Point } from '../../../../src-engine/figure/page/scene.ts'

const box = { left: 0, top: 0, width: 10, height: 5 }
const grown = { left: -1e-9, top: -1e-9, width: 10 + 2e-9, height: 5 + 2e-9 }
const coordinate = fc.integer({ min: -20, max: 20 })
const lines = fc.array(fc.tuple(coordinate, coordinate), { minLength: 2, maxLength: 12 })

const between = ([x1, y1]: Point, [x2, y2]: Point, share: number): Point => [x1 + share * (x2 - x1), y1 + share * (y2 - y1)]
const lengthOf = (line: readonly Point[]) => line.slice(1)
  .reduce((sum, [x, y], index) => sum + Math.hypot(x - line[index]![0], y - line[index]![1]), 0)

test('nothing of a line is drawn outside its box', () => {
  fc.assert(fc.property(lines, (line) => {
    for (const part of clipped(line, box)) for (const point of part) expect(isInside(point, grown)).toBe(true)
  }))
})

test('all that lies inside is drawn, once', () => {
  fc.assert(fc.property(lines, (line) => {
    const inside = clipped(line, box).reduce((sum, part) => sum + lengthOf(part), 0)
    const fine = line.slice(1).reduce((sum, to, index) => {
      const points = Array.from({ length: 400 }, (_, step) => between(line[index]!, to, (step + 0.5) / 400))
      return sum + (points.filter((point) => isInside(point, box)).length / 400) * lengthOf([line[index]!, to])
    }, 0)
    expect(inside).toBeCloseTo(fine, 0)
  }), { numRuns: 50 })
})

test('a line inside stays one line', () => {
  const inside: Point[] = [[1, 1], [2, 4], [9, 1]]
  expect(clipped(inside, box)).toEqual([inside])
})
