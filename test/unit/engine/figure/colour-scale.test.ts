import fc from 'fast-check'
import { expect, it } from 'vitest'
import { channelsOf } from '../../../../src-engine/figure/colour.ts'
import { colourIndex, paletteOf } from '../../../../src-engine/figure/colour-scale.ts'
import type { ColourScale } from '../../../../src-engine/figure/figure.ts'

const scale = { from: -2, to: 2, colours: ['#005496', '#ffffff', '#be4600'], missing: '#c8cbd0' }
const colourOf = (value: number, of: ColourScale) => paletteOf(of)[colourIndex(value, of)]!

it('has its middle at 0, its ends at and beyond the limit, and a colour of its own for what is not finite', () => {
  expect(colourOf(0, scale)).toBe('#ffffff')
  for (const value of [2, 9]) expect(colourOf(value, scale)).toBe('#be4600')
  for (const value of [-2, -9]) expect(colourOf(value, scale)).toBe('#005496')
  for (const value of [NaN, Infinity, -Infinity]) expect(colourOf(value, scale)).toBe('#c8cbd0')
})

it('differs more from the middle with larger magnitude, on both sides', () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 2, noNaN: true }), fc.constantFrom(-1, 1), (value, sign) => {
    const away = (at: number) => channelsOf(colourOf(at, scale)).reduce((sum, part) => sum + 255 - part, 0)
    expect(away(sign * value)).toBeGreaterThanOrEqual(away(sign * value * 0.5))
  }))
})

it('has colours at equal ratios on a log scale, and none at or below 0', () => {
  const log = { ...scale, from: 1, to: 10_000, isLog: true }
  expect([1, 100, 10_000, 20_000].map((value) => colourOf(value, log))).toEqual(['#005496', '#ffffff', '#be4600', '#be4600'])
  expect([0, -1].map((value) => colourOf(value, log))).toEqual([scale.missing, scale.missing])
})
