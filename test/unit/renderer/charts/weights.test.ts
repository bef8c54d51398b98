import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { diverging, pixelsOf } from '../../../../src-renderer/charts/diverging.ts'
import { themes } from '../../../../src-renderer/charts/theme.ts'
import { weightsFigure } from '../../../../src-renderer/charts/weights.ts'
import { light, svgOf } from './fixtures.ts'

const map = {
  layer: 'recurrent', post: 4, pre: 6, postPerBlock: 2, prePerBlock: 2, values: Float32Array.of(0.5, -1, NaN, 0, 0.25, 0), missing: 1,
}

describe('the map of weights', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('has every block in its table and says what a block is', () => {
    const figure = weightsFigure({ map }, light)
    expect(figure.table().columns).toEqual(['neuron', 'presynaptic neuron', 'mean weight from there'])
    expect(figure.table().rows).toEqual([[0, 0, 0.5], [0, 2, -1], [0, 4, null], [2, 0, 0], [2, 2, 0.25], [2, 4, 0]])
    expect(figure.notes).toEqual(['recurrent, 4 × 6', 'means of 2 × 2 synapses', '1 weight not finite, grey'])
  })

  it('is balanced around zero', () => {
    expect(weightsFigure({ map }, light).option.visualMap).toMatchObject({ min: -1, max: 1 })
    const zeros = { ...map, values: new Float32Array(6) }
    expect(weightsFigure({ map: zeros }, light).option.visualMap).toMatchObject({ min: -1, max: 1 })
  })

  it('keeps colours for the many small weights, and says where they end', () => {
    const values = new Float32Array(1000).fill(0.01)
    values[7] = -3
    const figure = weightsFigure({ map: { ...map, values } }, light)
    expect((figure.option.visualMap as { max: number }).max).toBeCloseTo(0.01)
    expect(figure.notes).toContain('colours end at ±0.01; the largest is 3')
  })

  it('is one picture in an export, however many weights', () => {
    const context = { putImageData: () => {}, measureText: (text: string) => ({ width: 6 * text.length }) }
    const canvas = { getContext: () => context, toDataURL: () => 'data:image/png;base64,AAAA' }
    vi.stubGlobal('ImageData', class {})
    vi.stubGlobal('document', { createElement: () => canvas })
    const large = { ...map, post: 128, pre: 128, postPerBlock: 1, prePerBlock: 1, values: new Float32Array(128 * 128).fill(0.5) }
    const svg = svgOf(weightsFigure({ map: large }, light))
    expect(svg.match(/<image/g)).toHaveLength(1)
    expect(svg).toContain('data:image/png')
    expect(svg.length).toBeLessThan(40_000)
  })

  it('says what is missing', () => expect(weightsFigure({ map: null }, light).empty).not.toBeNull())
})

describe('the diverging colours', () => {
  it('are the ground at zero and grey where there is no number', () => {
    expect(diverging(0, themes.light)).toEqual([255, 255, 255])
    expect(diverging(NaN, themes.light)).toEqual(diverging(NaN, themes.light))
    expect(diverging(NaN, themes.dark)).not.toEqual(diverging(0, themes.dark))
  })

  it('grow away from the ground with the magnitude, on both sides', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(-1, 1), (share, sign) => {
      const away = (at: number) => diverging(at, themes.light).reduce((sum, channel) => sum + 255 - channel, 0)
      expect(away(sign * share)).toBeGreaterThanOrEqual(away(sign * share * 0.5))
    }))
  })

  it('put the first row at the foot', () => {
    const pixels = pixelsOf(Float32Array.of(1, -1), 1, 1, 2, light)
    expect(pixels).toHaveLength(4 * 2 * 4)
    expect([...pixels.slice(0, 4)]).toEqual([...diverging(-1, light), 255])
    expect([...pixels.slice(-4)]).toEqual([...diverging(1, light), 255])
  })
})
