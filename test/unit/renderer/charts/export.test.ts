import { describe, expect, it } from 'vitest'
import { exportOption, toSvg } from '../../../../src-renderer/charts/export.ts'
import { lossFigure } from '../../../../src-renderer/charts/loss.ts'
import { epochsOf, light } from './fixtures.ts'

const figure = lossFigure({ epochs: epochsOf(Array.from({ length: 300 }, (_, index) => 1 / (index + 1))), scheme: 'fp32', scale: 'log' }, light)
const size = { width: 500, height: 250 }
const ticksOf = (svg: string) => [...svg.matchAll(/>(\d+)<\/text>/g)].map(([, text]) => Number(text))

describe('exportOption', () => {
  it('shows the whole axis, or the zoomed range', () => {
    const all = ticksOf(toSvg(exportOption(figure, light, null), size))
    const window = ticksOf(toSvg(exportOption(figure, light, { from: 100, to: 200 }), size))
    expect(Math.max(...all)).toBeGreaterThanOrEqual(300)
    expect([Math.min(...window), Math.max(...window)]).toEqual([100, 200])
  })

  it('has a white background and no tooltip or tools', () => {
    const option = exportOption(figure, light, null)
    expect(option).toMatchObject({ backgroundColor: '#ffffff', toolbox: undefined, tooltip: undefined })
  })
})
