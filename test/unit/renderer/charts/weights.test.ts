import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { diverging, pixelsOf } from '../../../../src-renderer/charts/diverging.ts'
import { themes } from '../../../../src-renderer/charts/theme.ts'
import { weightsFigure } from '../../../../src-renderer/charts/weights.ts'
import { light, svgOf } from './fixtures.ts'

const map = {
  layer: 'recurrent', post: 4, pre: 6, postPerBlock: 2, prePerBlock: 2, values: Float32Array.of(0.5, -1, NaN, 0, 0.25, 0), missing: 1,
}

describe('the weight map', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('lists every block in the table and says what a block is', () => {
    const figure = weightsFigure({ map }, light)
    expect(figure.table().columns).toEqual(['Neuron', 'Presynaptic neuron', 'Mean weight of the block starting here'])
    expect(figure.table().rows).toEqual([[0, 0, 0.5], [0, 2, -1], [0, 4, null], [2, 0, 0], [2, 2, 0.25], [2, 4, 0]])
    expect(figure.notes).toEqual(['Recurrent, 4 × 6', 'each cell is the mean of 2 × 2 synapses', '1 weight not finite (grey)'])
  })

  it('has a colour scale that is symmetric around zero', () => {
    expect(weightsFigure({ map }, light).option.visualMap).toMatchObject({ min: -1, max: 1 })
    const zeros = { ...map, values: new Float32Array(6) }
    expect(weightsFigure({ map: zeros }, light).option.visualMap).toMatchObject({ min: -1, max: 1 })
  })

  it('covers 99 % of the weights with the colour scale and says where it ends', () => {
    const values = new Float32Array(1000).fill(0.01)
    values[7] = -3
    const figure = weightsFigure({ map: { ...map, values } }, light)
    expect((figure.option.visualMap as { max: number }).max).toBeCloseTo(0.01)
    expect(figure.notes).toContain('colour scale ends at ±0.01; largest |w| is 3.00')
  })

  it('is one image in an export, however many weights there are', () => {
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

  it('says that there are no weights yet', () => expect(weightsFigure({ map: null }, light).empty).not.toBeNull())
})

describe('the diverging colours', () => {
  it('are the background at zero and grey for NaN', () => {
    expect(diverging(0, themes.light)).toEqual([255, 255, 255])
    for (const theme of [themes.light, themes.dark]) {
      const grey = diverging(NaN, theme)
      expect(Math.max(...grey) - Math.min(...grey)).toBeLessThan(20)
      expect(Math.abs(grey[0] - diverging(0, theme)[0])).toBeGreaterThan(40)
    }
  })

  it('differ more from the background with larger magnitude, on both sides', () => {
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(-1, 1), (share, sign) => {
      const away = (at: number) => diverging(at, themes.light).reduce((sum, channel) => sum + 255 - channel, 0)
      expect(away(sign * share)).toBeGreaterThanOrEqual(away(sign * share * 0.5))
    }))
  })

  it('put the first row at the bottom', () => {
    const pixels = pixelsOf(Float32Array.of(1, -1), 1, 1, 2, light)
    expect(pixels).toHaveLength(4 * 2 * 4)
    expect([...pixels.slice(0, 4)]).toEqual([...diverging(-1, light), 255])
    expect([...pixels.slice(-4)]).toEqual([...diverging(1, light), 255])
  })
})
