import { expect, it } from 'vitest'
import { boxBetween, isInBox } from '../../../../src-renderer/charts/brush.ts'

it.each([
  ['down to the right', { x: 10, y: 20 }, { x: 30, y: 60 }], ['up to the left', { x: 30, y: 60 }, { x: 10, y: 20 }],
  ['up to the right', { x: 10, y: 60 }, { x: 30, y: 20 }],
])('a box that is drawn %s has what is inside, with its edges', (_, from, to) => {
  const box = boxBetween(from, to)
  expect(box).toEqual({ left: 10, top: 20, width: 20, height: 40 })
  const inside = [{ x: 10, y: 20 }, { x: 30, y: 60 }, { x: 20, y: 40 }]
  const points = [...inside, { x: 9, y: 40 }, { x: 31, y: 40 }, { x: 20, y: 19 }, { x: 20, y: 61 }]
  expect(points.filter((point) => isInBox(box, point))).toEqual(inside)
})
