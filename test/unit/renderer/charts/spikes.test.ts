import { describe, expect, it } from 'vitest'
import { rasterFigure } from '../../../../src-renderer/charts/raster.ts'
import { ratesFigure } from '../../../../src-renderer/charts/rates.ts'
import { light, seriesOf, svgOf } from './fixtures.ts'

/** Every neuron fires at every step. */
const grid = (neurons: number, steps: number) => Uint16Array.from({ length: 2 * neurons * steps }, (_, index) => {
  const spike = index >> 1
  return index % 2 === 1 ? spike % neurons : Math.floor(spike / neurons)
})

describe('rasterFigure', () => {
  it('draws every one of 20,000 spikes', () => {
    const figure = rasterFigure({ spikes: grid(100, 200), neurons: 100, steps: 200, dt: 1 }, light)
    const rectangles = svgOf(figure).match(/<path d="(M[^"]{20000,})"/)?.[1].match(/M/g)
    expect(rectangles).toHaveLength(20_000)
    expect(figure.notes).toEqual(['20000 spikes'])
  })

  it('gives time in milliseconds', () => {
    const figure = rasterFigure({ spikes: Uint16Array.from([3, 1, 8, 0]), neurons: 2, steps: 10, dt: 0.5 }, light)
    expect(figure.table().rows).toEqual([[1.5, 1], [4, 0]])
  })

  it('tells silence from nothing known', () => {
    const data = { neurons: 2, steps: 10, dt: 1 }
    expect(rasterFigure({ ...data, spikes: new Uint16Array() }, light)).toMatchObject({ empty: null, notes: ['0 spikes'] })
    expect(rasterFigure({ ...data, spikes: null }, light).empty).not.toBeNull()
  })
})

describe('ratesFigure', () => {
  it('sorts neurons by rate and states the mean and the silent', () => {
    const spikes = Uint16Array.from([0, 2, 1, 2, 2, 0])
    const figure = ratesFigure({ spikes, neurons: 3, steps: 1000, dt: 1, targetRate: 12 }, light)
    expect(figure.table().rows).toEqual([[1, 2, 2], [2, 0, 1], [3, 1, 0]])
    expect(figure.notes).toEqual(['mean 1 Hz', '1 neuron silent'])
    expect(seriesOf(figure)[0].data).toEqual([[0, 2], [1, 1], [2, 0], [3, 0]])
  })
})
