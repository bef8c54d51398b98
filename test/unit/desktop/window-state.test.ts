import { expect, test } from 'vitest'
import { startingBounds } from '../../../src-main/desktop/window-state.ts'

const screen = { x: 0, y: 0, width: 1920, height: 1080 }
const kept = { x: 100, y: 80, width: 1400, height: 900, maximized: false }
const usual = { width: 1280, height: 800 }

test('restores the last position', () => {
  expect(startingBounds(kept, [screen])).toEqual(kept)
  expect(startingBounds({ ...kept, x: -1300 }, [{ ...screen, x: -1920 }, screen])).toMatchObject({ x: -1300 })
})

test('uses the default size if no display shows the window', () => {
  expect(startingBounds({ ...kept, x: 5000 }, [screen])).toEqual(usual)
  expect(startingBounds({ ...kept, y: -500 }, [screen])).toEqual(usual)
  expect(startingBounds(kept, [])).toEqual(usual)
})

test.each([undefined, null, 'text', {}, { ...kept, width: 'wide' }, { ...kept, x: Infinity }, { ...kept, more: 1 }])(
  'uses the default size for a damaged state %j',
  (damaged) => expect(startingBounds(damaged, [screen])).toEqual(usual),
)

test('never makes the window smaller than its content needs', () => {
  expect(startingBounds({ ...kept, width: 200, height: 100 }, [screen])).toMatchObject({ width: 960, height: 600 })
})
