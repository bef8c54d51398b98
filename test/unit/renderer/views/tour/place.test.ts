import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { placeBeside } from '../../../../../src-renderer/views/tour/place.ts'
import { steps } from '../../../../../src-renderer/views/tour/steps.ts'

const card = { width: 320, height: 140 }
const window = { width: 1280, height: 800 }

describe('the tour card', () => {
  test('is right of its target, or where it fits', () => {
    expect(placeBeside({ x: 4, y: 50, width: 36, height: 36 }, card, window)).toEqual({ x: 52, y: 50 })
    expect(placeBeside({ x: 1180, y: 8, width: 60, height: 24 }, card, window)).toEqual({ x: 948, y: 44 })
    expect(placeBeside({ x: 1100, y: 700, width: 60, height: 24 }, card, window)).toEqual({ x: 768, y: 624 })
    expect(placeBeside({ x: 44, y: 44, width: 1236, height: 300 }, card, window)).toEqual({ x: 44, y: 356 })
  })

  test('is in the lower right corner without a target', () => {
    expect(placeBeside(null, card, window)).toEqual({ x: 948, y: 624 })
  })

  test('is always inside the window and never covers a small target', () => {
    const box = fc.record({
      x: fc.integer({ min: 0, max: 1200 }), y: fc.integer({ min: 0, max: 760 }),
      width: fc.integer({ min: 1, max: 300 }), height: fc.integer({ min: 1, max: 200 }),
    })
    fc.assert(fc.property(box, (target) => {
      const { x, y } = placeBeside(target, card, window)
      expect(x >= 0 && y >= 0 && x + card.width <= window.width && y + card.height <= window.height).toBe(true)
      const besides = x >= target.x + target.width || x + card.width <= target.x
      expect(besides || y >= target.y + target.height || y + card.height <= target.y).toBe(true)
    }))
  })
})

test('the tour is short: six to nine steps of two sentences', () => {
  expect(steps.length).toBeGreaterThanOrEqual(6)
  expect(steps.length).toBeLessThanOrEqual(9)
  for (const { text } of steps) expect(text.split(/[.] (?=[A-Z])/)).toHaveLength(2)
})
