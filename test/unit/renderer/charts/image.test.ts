import { expect, it } from 'vitest'
import { pixelsOf } from '../../../../src-renderer/charts/image.ts'

it('puts the first row of a map at the bottom', () => {
  const scale = { from: -1, to: 1, colours: ['#005496', '#ffffff', '#be4600'], missing: '#c8cbd0' }
  const pixels = pixelsOf(Float32Array.of(1, -1), 1, 2, scale)
  expect(pixels).toHaveLength(4 * 2 * 4)
  expect([...pixels.slice(0, 4)]).toEqual([0x00, 0x54, 0x96, 255])
  expect([...pixels.slice(-4)]).toEqual([0xbe, 0x46, 0x00, 255])
})
